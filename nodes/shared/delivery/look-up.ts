import { NodeOperationError, type INodeListSearchItems } from 'n8n-workflow';
import type { Account, Provider, ProviderRequest } from '../service/definition';
import { asHtml, withoutTags } from '../shown';
import { createClient } from './send/client';
import { connect, type RequestContext } from './send/connection';
import { answerTooLarge } from './send/explain-failure';

const timeoutMs = 15_000;

/** A request can depend on the credential, for example on the project that its key belongs to. */
type LookUpRequest = ProviderRequest | ((account: Account) => ProviderRequest);

/**
 * Makes one request outside a run, for the lists that fields offer.
 * @returns the response body; throws with the service's own words when the request fails
 */
export async function lookUp(
	context: RequestContext,
	provider: Provider,
	request: LookUpRequest,
): Promise<unknown> {
	return await (
		await lookUps(context, provider)
	)(request);
}

/** Prepares several such requests, for a trigger that polls. n8n decrypts the credential once for all of them. */
export async function lookUps(
	context: RequestContext,
	provider: Provider,
): Promise<(request: LookUpRequest) => Promise<unknown>> {
	const credential = await context.getCredentials(provider.credentialType);
	const connection = connect(context, provider, credential);
	const client = createClient(context, { provider, connection, credential, timeoutMs });
	return async (request) => {
		const answer = await client(typeof request === 'function' ? request(connection.account) : request);
		if (answer.ok && answer.value.isCut !== true) return answer.value.body;
		const { message, description } = answer.ok ? answerTooLarge(provider) : answer.reason;
		throw new NodeOperationError(context.getNode(), withoutTags(message), {
			description: asHtml(description),
		});
	};
}

/** Returns the choices whose name contains the text in the list's search field. */
export function choicesWith(
	filter: string | undefined,
	choices: readonly INodeListSearchItems[],
): INodeListSearchItems[] {
	const wanted = (filter ?? '').trim().toLowerCase();
	return choices.filter(({ name }) => name.toLowerCase().includes(wanted));
}
