import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { answerFailure, connectionFailure, noAnswerWithin } from './explain-failure';
import type { Failure } from './failure';
import type { Connection, Provider, ProviderRequest, ProviderResponse } from './provider';
import { parseRedacted, redact } from '../redact';

export type Answer = { ok: true; response: ProviderResponse } | { ok: false; failure: Failure };

/** Makes one request at a time to one provider. What goes wrong is an answer, not an exception. */
export type ProviderClient = (request: ProviderRequest) => Promise<Answer>;

/** What every request carries besides its authentication. */
export const requestHeaders = {
	'Content-Type': 'application/json; charset=utf-8',
	Accept: 'application/json',
};

export interface ClientOptions {
	provider: Provider;
	connection: Connection;
	/** Decrypted once for the run: the helper would otherwise read it from the database for each request. */
	credential: ICredentialDataDecryptedObject;
	timeoutMs: number;
}

export function createClient(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	options: ClientOptions,
): ProviderClient {
	const { provider, connection, credential, timeoutMs } = options;
	const { id = null, name = '' } = context.getNode().credentials?.[provider.credentialType] ?? {};
	const additionalOptions = {
		credentialsDecrypted: { id: id ?? '', name, type: provider.credentialType, data: credential },
	};

	return async ({ method, path, body, baseUrl = connection.baseUrl }) => {
		const request: IHttpRequestOptions = {
			method,
			url: `${baseUrl}${path}`,
			headers: { ...requestHeaders },
			// Bytes, so that nothing on the way writes them anew: signatures cover them as they are.
			...(body === undefined ? {} : { body: Buffer.from(body) }),
			encoding: 'text',
			// For silence alone, so an answer that trickles in needs the deadline.
			timeout: timeoutMs,
			// A redirect would carry the credential along.
			disableFollowRedirect: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		};
		const deadline = AbortSignal.timeout(Math.ceil(timeoutMs));
		try {
			const full = (await context.helpers.httpRequestWithAuthentication.call(
				endedBy(deadline, context),
				provider.credentialType,
				request,
				additionalOptions,
			)) as IN8nHttpFullResponse;
			const response = toResponse(full, connection.secrets);
			const failure = answerFailure(response, provider, Date.now());
			return failure === undefined ? { ok: true, response } : { ok: false, failure };
		} catch (error) {
			const failure = deadline.aborted
				? noAnswerWithin(timeoutMs, provider)
				: connectionFailure(error, provider, { ...connection, baseUrl }, timeoutMs);
			return { ok: false, failure };
		}
	};
}

/** A context whose requests end with this signal, too: n8n's helper heeds none but that of its context. */
function endedBy<C extends IExecuteFunctions | ILoadOptionsFunctions>(signal: AbortSignal, context: C): C {
	const stopped = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const either = stopped === undefined ? signal : AbortSignal.any([stopped, signal]);
	return Object.create(context, { getExecutionCancelSignal: { value: () => either } }) as C;
}

/** Secrets are taken out at once: a service may repeat what it was sent, and answers are shown. */
function toResponse({ statusCode, headers, body }: IN8nHttpFullResponse, secrets: RegExp): ProviderResponse {
	return {
		statusCode,
		headers: Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [name.toLowerCase(), redact(String(value), secrets)]),
		),
		body: parseBody(typeof body === 'string' ? body : '', secrets),
	};
}

function parseBody(body: string, secrets: RegExp): unknown {
	if (body.trim() === '') return undefined;
	try {
		return parseRedacted(body, secrets);
	} catch {
		return redact(body, secrets);
	}
}
