import { isError } from 'lodash';
import { asShown, isObject, jsonText, shorten, tooDeepToShow } from '../../event';
import { redact } from '../../redact';
import type { Provider, ProviderResponse, RequestParts } from '../../service/definition';
import { setUpFailure, type Failure, type FailureCode } from '../../service/failure';
import type { Connection } from './connection';
import { mostMegabytes } from './read-body';
import { parseRetryAfter } from './retry';

/**
 * Explains a response that reports an error, in the service's own words where it gives any.
 * @param now epoch milliseconds, for a `Retry-After` that is a date
 * @param path of the request's endpoint
 * @returns undefined for a success
 */
export function answerFailure(
	response: ProviderResponse,
	provider: Pick<Provider, 'displayName' | 'explain'>,
	now: number,
	path?: string,
): Failure | undefined {
	const failure = failureOf(response, provider, now);
	return failure === undefined ? undefined : { ...failure, ...provider.explain?.(response, path) };
}

function failureOf(
	response: ProviderResponse,
	provider: Pick<Provider, 'displayName'>,
	now: number,
): Failure | undefined {
	const { statusCode } = response;
	const { displayName } = provider;
	if (statusCode >= 200 && statusCode < 300) {
		return isWebPage(response) ? webPageInstead(displayName, statusCode) : undefined;
	}
	const message = isWebPage(response) ? undefined : (findMessage(response.body) ?? asJson(response.body));
	const said = message === undefined ? '' : `: ${oneLine(message)}`;
	const requestId = findRequestId(response);
	const retryAfterMs = parseRetryAfter(response.headers['retry-after'], now);
	const about = {
		statusCode,
		...(requestId === undefined ? {} : { requestId }),
		...(retryAfterMs === undefined ? {} : { retryAfterMs }),
	};

	if (statusCode === 403) {
		return {
			...about,
			code: 'unauthorized',
			message: `${displayName} did not allow this request (status 403)${said}`,
			description: `Check the permissions of the keys in the ${displayName} credential. If only some items fail, check their content: a firewall might have blocked the request.`,
			retryable: false,
		};
	}
	if (statusCode === 401) {
		return {
			...about,
			code: 'unauthorized',
			message: `${displayName} did not accept the credential (status ${statusCode})${said}`,
			description: `Open this node's ${displayName} credential, enter valid keys for this environment and test it. Then send the failed items again.`,
			retryable: false,
		};
	}
	if (statusCode === 404 || statusCode === 405) {
		return {
			...about,
			code: 'not_found',
			message: `${displayName} couldn't find this ID or address (status ${statusCode})${said}`,
			description: `Correct the ID, or the 'Base URL' in the ${displayName} credential.`,
			retryable: false,
		};
	}
	if (statusCode === 429) {
		return {
			...about,
			code: 'rate_limited',
			message: `${displayName} received too many requests at once (status 429)${said}`,
			description: `Nothing was accepted. Send the failed items again later, or set 'Requests per Second' or a longer 'Max Wait (Seconds)' in the options.`,
			retryable: true,
		};
	}
	if (statusCode === 408) {
		return {
			...about,
			code: 'timed_out',
			message: `${displayName} timed out waiting for the request (status 408)${said}`,
			description: `${displayName} might have received part of the request. Check ${displayName} before you send the failed items again.`,
			retryable: true,
			mayHaveBeenReceived: true,
		};
	}
	if (statusCode === 503 || statusCode === 425) {
		return {
			...about,
			code: 'unavailable',
			message: `${displayName} is not available right now (status ${statusCode})${said}`,
			description: `Nothing was accepted. The problem is on ${displayName}'s side: send the failed items again later.`,
			retryable: true,
		};
	}
	if (statusCode >= 500) {
		return {
			...about,
			code: 'unavailable',
			message: `${displayName} could not handle the request (status ${statusCode})${said}`,
			description: `The problem is on ${displayName}'s side. ${displayName} might have accepted the data anyway, so check ${displayName} before you send the failed items again.`,
			retryable: true,
			mayHaveBeenReceived: true,
		};
	}
	if (statusCode < 400) {
		return {
			...about,
			code: 'unexpected_answer',
			message: `${displayName} redirected to another address (status ${statusCode})`,
			description: `Correct the 'Base URL' in the ${displayName} credential. Redirects aren't followed, because requests contain your keys.`,
			retryable: false,
		};
	}
	return {
		...about,
		code: 'refused',
		message: `${displayName} refused the data (status ${statusCode})${said}`,
		description: 'Correct the item as the message says, then send it again.',
		retryable: false,
	};
}

/** Names what the service didn't find: the IDs in the path of the request. */
export function withMissing(failure: Failure, { params = {} }: Pick<RequestParts, 'params'>): Failure {
	const { code, message } = failure;
	const missing = Object.entries(params)
		.filter(([, id]) => !message.includes(id))
		.map(([name, id]) => `${name} ${asShown(id)}`);
	if (code !== 'not_found' || missing.length === 0) return failure;
	return { ...failure, message: `${message} (${missing.join(', ')})` };
}

/** A message deeper than this is not for people. */
const deepestMessage = 20;

/** Finds the service's own message: in `message`, `error`, `detail` or `errors`, also inside each other, or the body's text. */
function findMessage(body: unknown, depth = 0): string | undefined {
	if (typeof body === 'string') return body.trim() === '' ? undefined : body;
	if (depth > deepestMessage) return undefined;
	const inside = (value: unknown) => findMessage(value, depth + 1);
	if (Array.isArray(body)) return inside(body[0]);
	if (!isObject(body)) return undefined;
	return inside(body.message) ?? inside(body.error) ?? inside(body.detail) ?? inside(body.errors);
}

/** For an error body of an unknown shape. */
function asJson(body: unknown): string | undefined {
	const isEmpty = !isObject(body) || Object.keys(body).length === 0;
	const json = jsonText(body);
	return isEmpty || json === tooDeepToShow ? undefined : json;
}

function findRequestId({ headers, body }: ProviderResponse): string | undefined {
	const inBody = isObject(body) ? (body.request_id ?? body.requestId) : undefined;
	return typeof inBody === 'string' ? inBody : headers['x-request-id'];
}

/** Looks at the text, not the content type: a plain OK is often labelled as HTML. */
function isWebPage({ body }: ProviderResponse): boolean {
	return typeof body === 'string' && /^\s*<[!a-z]/i.test(body);
}

function webPageInstead(displayName: string, statusCode: number): Failure {
	return {
		code: 'unexpected_answer',
		message: `Received a web page instead of a response from ${displayName}`,
		description: `Nothing was accepted. Check the 'Base URL' in the ${displayName} credential, and whether a proxy or a sign-in page responds instead of ${displayName}.`,
		statusCode,
		retryable: false,
	};
}

/** The failure of a request that reads data, when there is too much of it. */
export function answerTooLarge({ displayName }: Pick<Provider, 'displayName'>): Failure {
	return {
		code: 'unexpected_answer',
		message: `The response from ${displayName} is larger than ${mostMegabytes} MB`,
		description: "Request less data, for example by lowering the 'Limit'.",
		retryable: false,
	};
}

/** The failure of a request whose response lacks what the next request needs. */
export function answerLacks(missing: string, { displayName }: Pick<Provider, 'displayName'>): Failure {
	return {
		code: 'unexpected_answer',
		message: `The response from ${displayName} has no '${missing}'`,
		description: `The next request needs this value, so nothing more was sent for this item. Check the 'Base URL' in the ${displayName} credential.`,
		retryable: false,
	};
}

/** Explains an exception from n8n's HTTP helper. Its own text and its request aren't passed on: they hold keys. */
export function connectionFailure(
	error: unknown,
	provider: Provider,
	connection: Connection,
	timeoutMs: number,
): Failure {
	const { displayName } = provider;
	const { host } = new URL(connection.baseUrl);
	const networkCode = findNetworkCode(error);
	if (networkCode === '' && !cameFromTheNetwork(error)) return neverSent(error, connection);
	const code =
		failureCodes.find(([, networkCodes]) => networkCodes.test(networkCode))?.[0] ?? 'connection_lost';
	// In the description, because n8n replaces messages that contain a network code.
	const because = networkCode === '' ? '' : ` (Network code: ${networkCode}.)`;
	const repeatHint = lookThereFirst(displayName);
	switch (code) {
		case 'unreachable':
			return {
				code,
				message: `${displayName} cannot be reached at ${host}`,
				description: `Nothing was sent. Check the 'Base URL' in the ${displayName} credential and n8n's network connection, then send the failed items again.${because}`,
				retryable: true,
			};
		case 'bad_certificate':
			return {
				code,
				message: `The certificate from ${host} cannot be trusted`,
				description: `Nothing was sent. Check the 'Base URL' in the ${displayName} credential. For your own server, add its certificate authority to n8n (NODE_EXTRA_CA_CERTS).${because}`,
				retryable: false,
			};
		case 'timed_out':
			return noAnswerWithin(timeoutMs, provider);
		case 'cancelled':
			return {
				code,
				message: `The execution was stopped before ${displayName} responded`,
				description: repeatHint,
				retryable: true,
				mayHaveBeenReceived: true,
			};
		default:
			return {
				code: 'connection_lost',
				message: `The connection to ${displayName} was lost`,
				description: `${repeatHint}${because}`,
				retryable: true,
				mayHaveBeenReceived: true,
			};
	}
}

export function noAnswerWithin(timeoutMs: number, { displayName }: Pick<Provider, 'displayName'>): Failure {
	return {
		code: 'timed_out',
		message: `${displayName} did not respond within ${timeoutMs / 1000} s`,
		description: `${lookThereFirst(displayName)} If ${displayName} only needs more time, increase 'Timeout (Seconds)' in the options.`,
		retryable: true,
		mayHaveBeenReceived: true,
	};
}

function lookThereFirst(displayName: string): string {
	return `${displayName} might have received the request. Check ${displayName} before you send the failed items again.`;
}

/** Whether the HTTP library threw the error. Errors of n8n and of credentials come before any connection. */
function cameFromTheNetwork(error: unknown): boolean {
	return withCauses(error).some(({ name }) => name === 'AxiosError');
}

function neverSent(error: unknown, { secrets }: Connection): Failure {
	const failure = setUpFailure(error);
	return {
		...failure,
		message: redact(failure.message, secrets),
		description: redact(failure.description, secrets),
	};
}

/** The first match wins. Any other code counts as a lost connection, the most careful assumption. */
const failureCodes: ReadonlyArray<[FailureCode, RegExp]> = [
	['unreachable', /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPROTO|ERR_INVALID_URL)$/],
	['bad_certificate', /CERT|UNABLE_TO_(VERIFY|GET_ISSUER)/],
	['timed_out', /^(ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT)$/],
	['cancelled', /^ERR_CANCELED$/],
];

/** Finds Node's error code in the causes that n8n and axios wrap around it. n8n 1 has no causes, but the code as `httpCode`. */
function findNetworkCode(error: unknown): string {
	const codes = withCauses(error).flatMap(({ code, httpCode }) => [code, httpCode]);
	return codes.find((code): code is string => typeof code === 'string' && /^[A-Z]/.test(code)) ?? '';
}

/** An error and its causes, outermost first. lodash also recognizes the errors of another realm. */
function withCauses(error: unknown): Array<Error & { code?: unknown; httpCode?: unknown }> {
	const chain: Error[] = [];
	for (let current = error; isError(current) && chain.length < 5; current = current.cause)
		chain.push(current);
	return chain;
}

function oneLine(text: string): string {
	return shorten(text.replace(/\s+/g, ' ').trim(), 300);
}
