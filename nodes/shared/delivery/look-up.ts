import { NodeOperationError, type ILoadOptionsFunctions, type INodeListSearchItems } from 'n8n-workflow';
import { createClient } from './client';
import { connect } from './connect';
import type { Provider, ProviderRequest } from './provider';

const timeoutMs = 15_000;

/**
 * One request on behalf of the editor, for the lists that fields offer.
 * @param request told what the credential says of itself, e.g. the project that its key is for
 * @returns the answer's body; throws with the service's own words where there is none
 */
export async function lookUp(
	context: ILoadOptionsFunctions,
	provider: Provider,
	request: ProviderRequest | ((facts: Record<string, string | undefined>) => ProviderRequest),
): Promise<unknown> {
	const credential = await context.getCredentials(provider.credentialType);
	const connection = connect(context, provider, credential);
	const client = createClient(context, { provider, connection, credential, timeoutMs });
	const answer = await client(typeof request === 'function' ? request(connection.facts) : request);
	if (answer.ok) return answer.response.body;
	const { message, description } = answer.failure;
	throw new NodeOperationError(context.getNode(), message, { description });
}

/** The choices whose name holds what was typed into the list's search field. */
export function choicesWith(
	filter: string | undefined,
	choices: readonly INodeListSearchItems[],
): INodeListSearchItems[] {
	const wanted = (filter ?? '').trim().toLowerCase();
	return choices.filter(({ name }) => name.toLowerCase().includes(wanted));
}
