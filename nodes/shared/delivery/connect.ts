import {
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';
import { checkBaseUrl } from '../base-url';
import type { Connection, Provider } from './provider';
import { anyFormOf } from '../redact';

/** What a credential holds, once its address is known to be one that keys may travel to. */
export function connect(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	provider: Provider,
	credential: ICredentialDataDecryptedObject,
): Connection {
	const content = provider.readCredential(credential);
	const checked = checkBaseUrl(content.baseUrl ?? credential.baseUrl);
	if (checked.ok) {
		const { secrets, signatureFollows, ...shown } = content;
		return { ...shown, secrets: anyFormOf(secrets, signatureFollows), baseUrl: checked.baseUrl };
	}
	throw new NodeOperationError(context.getNode(), checked.message, {
		description: `Open the ${provider.displayName} credential of this node and correct its 'Base URL'. Nothing was sent.`,
	});
}
