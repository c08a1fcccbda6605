import { createHash } from 'node:crypto';
import {
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type IPollFunctions,
} from 'n8n-workflow';
import { checkBaseUrl } from '../../base-url';
import { anyFormOf } from '../../redact';
import type { Account, CredentialContent, Provider } from '../../service/definition';

/** Where requests are made: in a run, for the editor, or by a trigger that polls. */
export type RequestContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

export interface Connection extends Omit<CredentialContent, 'secrets' | 'signatureFollows' | 'account'> {
	account: Account;
	/** The same for every run that uses this credential and address. */
	key: string;
	/** Matches the secrets in every form in which a service may return them. */
	secrets: RegExp;
	/** Without a trailing slash. */
	baseUrl: string;
}

/** Reads a credential. Throws when its base URL isn't safe to send keys to. */
export function connect(
	context: RequestContext,
	provider: Provider,
	credential: ICredentialDataDecryptedObject,
): Connection {
	const content = provider.readCredential(credential);
	const checked = checkBaseUrl(content.baseUrl ?? credential.baseUrl);
	if (checked.ok) {
		const { secrets, signatureFollows, account = {}, ...shown } = content;
		const baseUrl = checked.value;
		const key = keyOf(provider, { ...credential, baseUrl });
		return { ...shown, account, key, secrets: anyFormOf(secrets, signatureFollows), baseUrl };
	}
	throw new NodeOperationError(context.getNode(), checked.reason, {
		description: `Open this node's ${provider.displayName} credential and correct its 'Base URL'. Nothing was sent.`,
	});
}

/** A hash, so that no secret stays in memory. */
function keyOf({ credentialType }: Provider, credential: ICredentialDataDecryptedObject): string {
	return createHash('sha256')
		.update(JSON.stringify([credentialType, credential]))
		.digest('hex');
}
