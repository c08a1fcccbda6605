import type { ICredentialDataDecryptedObject, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import type { Checked } from '../../checked';
import { shorten } from '../../event';
import { parseRedacted, redact } from '../../redact';
import type { Provider, ProviderRequest, ProviderResponse } from '../../service/definition';
import type { Failure } from '../../service/failure';
import type { Connection, RequestContext } from './connection';
import { Deadline } from './deadline';
import { answerFailure, connectionFailure, noAnswerWithin, withMissing } from './explain-failure';
import { readBody } from './read-body';
import { urlOf } from './request';

export type Answer = Checked<ProviderResponse, Failure>;

/** Makes one request to a provider. Returns every error as a failure. */
export type ProviderClient = (request: ProviderRequest) => Promise<Answer>;

/** The headers of every request, besides those of its authentication. */
export const requestHeaders = {
	'Content-Type': 'application/json; charset=utf-8',
	Accept: 'application/json',
};

export interface ClientOptions {
	provider: Provider;
	connection: Connection;
	/** Decrypted once per run. Otherwise n8n reads it from the database for each request. */
	credential: ICredentialDataDecryptedObject;
	timeoutMs: number;
}

export function createClient(context: RequestContext, options: ClientOptions): ProviderClient {
	const { provider, connection, credential, timeoutMs } = options;
	const { id = null, name = '' } = context.getNode().credentials?.[provider.credentialType] ?? {};
	const additionalOptions = {
		credentialsDecrypted: { id: id ?? '', name, type: provider.credentialType, data: credential },
	};

	return async (providerRequest) => {
		const { method, body, baseUrl = connection.baseUrl } = providerRequest;
		const request: IHttpRequestOptions = {
			method,
			url: urlOf(connection, providerRequest),
			headers: { ...requestHeaders },
			// Bytes, because signatures cover the body exactly as it is.
			...(body === undefined ? {} : { body: Buffer.from(body) }),
			// Read up to a limit, since n8n's helper has none.
			encoding: 'stream',
			// This only limits silence; the deadline limits an answer that trickles in.
			timeout: timeoutMs,
			// A redirect would receive the credential.
			disableFollowRedirect: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		};
		const deadline = new Deadline(timeoutMs, stopSignalOf(context));
		try {
			const full = (await context.helpers.httpRequestWithAuthentication.call(
				withSignal(context, deadline.signal),
				provider.credentialType,
				request,
				additionalOptions,
			)) as IN8nHttpFullResponse;
			const response = await toResponse(full, connection.secrets);
			const failure = answerFailure(response, provider, Date.now(), providerRequest.path);
			if (failure === undefined) return { ok: true, value: response };
			return { ok: false, reason: withMissing(failure, providerRequest) };
		} catch (error) {
			const failure = deadline.hasPassed
				? noAnswerWithin(timeoutMs, provider)
				: connectionFailure(error, provider, { ...connection, baseUrl }, timeoutMs);
			return { ok: false, reason: failure };
		} finally {
			deadline.clear();
		}
	};
}

function stopSignalOf(context: RequestContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

/** Derives a context whose requests end with this signal. n8n's helper reads the signal from its context only. */
function withSignal<C extends RequestContext>(context: C, signal: AbortSignal): C {
	return Object.create(context, { getExecutionCancelSignal: { value: () => signal } }) as C;
}

/** The response headers that failures use. */
const usedHeaders = new Set(['retry-after', 'x-request-id']);

/** How much to show of a response that is too large. */
const longestExcerpt = 1_000;

/** Masks secrets right away: a service may return what it was sent, and users see its answers. */
async function toResponse(
	{ statusCode, headers, body }: IN8nHttpFullResponse,
	secrets: RegExp,
): Promise<ProviderResponse> {
	const { text, isCut } = await readBody(body, statusCode);
	return {
		statusCode,
		headers: Object.fromEntries(
			Object.entries(headers)
				.map(([name, value]) => [name.toLowerCase(), value] as const)
				.filter(([name]) => usedHeaders.has(name))
				.map(([name, value]) => [name, redact(String(value), secrets)]),
		),
		...(isCut ? { body: excerptOf(text, secrets), isCut } : { body: parseBody(text, secrets) }),
	};
}

/** Masks more than it shows, so that no part of a secret is left at the end. */
function excerptOf(text: string, secrets: RegExp): string {
	return shorten(redact(text.slice(0, 20 * longestExcerpt), secrets), longestExcerpt);
}

function parseBody(body: string, secrets: RegExp): unknown {
	if (body.trim() === '') return undefined;
	try {
		return parseRedacted(body, secrets);
	} catch {
		return redact(body, secrets);
	}
}
