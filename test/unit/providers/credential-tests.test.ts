import type { ICredentialType } from 'n8n-workflow';
import { EmbeddablesApi } from '../../../credentials/EmbeddablesApi.credentials';
import { RehookApi } from '../../../credentials/RehookApi.credentials';
import { RelationKitApi } from '../../../credentials/RelationKitApi.credentials';
import { SimonDataApi } from '../../../credentials/SimonDataApi.credentials';
import { SuprSendApi } from '../../../credentials/SuprSendApi.credentials';

const credentials: ICredentialType[] = [
	new EmbeddablesApi(),
	new RehookApi(),
	new RelationKitApi(),
	new SimonDataApi(),
	new SuprSendApi(),
];

describe.each(credentials.map((credential) => [credential.displayName, credential] as const))(
	'the test of %s',
	(_, { test: credentialTest }) => {
		test('follows no redirect, which would receive the keys', () => {
			expect(credentialTest?.request.disableFollowRedirect).toBe(true);
		});

		test('does not count a redirect as a success', () => {
			const { ignore = false, except = [] } = ignoredErrors(credentialTest);
			const passes = [300, 301, 302, 303, 304, 305, 307, 308].filter(
				(status) => ignore && !except.includes(status),
			);
			expect(passes).toEqual([]);
		});
	},
);

function ignoredErrors(credentialTest: ICredentialType['test']): { ignore?: boolean; except?: number[] } {
	const ignored = credentialTest?.request.ignoreHttpStatusErrors;
	return typeof ignored === 'object' ? ignored : { ignore: ignored };
}
