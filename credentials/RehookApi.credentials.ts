import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { basicAuthorization } from '../nodes/Rehook/authorization';
import { baseUrlField, rejectedKeys, withHeaders } from '../nodes/shared/credential';

export class RehookApi implements ICredentialType {
	name = 'rehookApi';

	displayName = 'Rehook API';

	icon = {
		light: 'file:../nodes/Rehook/rehook.svg',
		dark: 'file:../nodes/Rehook/rehook.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/customer-events/n8n-nodes-customer-events/blob/main/docs/nodes/rehook.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The key from Settings &gt; API Keys &amp; Secret Key in the Rehook dashboard (<a href="https://docs.rehook.ai/reference" target="_blank">API reference</a>). Each Rehook application, whether in Sandbox or Production, has its own keys.',
		},
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The secret key that Rehook shows next to the API key',
		},
		baseUrlField('Rehook', 'https://api.rehook.ai'),
	];

	authenticate = withHeaders(({ apiKey, secretKey }) => ({
		Authorization: basicAuthorization(String(apiKey), String(secretKey)),
	}));

	/** The request that Rehook's destination in Segment makes to test keys. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.trim()}}',
			url: '/events/segment/check-auth',
			disableFollowRedirect: true,
		},
		rules: rejectedKeys("Rehook did not accept these keys. Check 'API Key' and 'Secret Key'."),
	};
}
