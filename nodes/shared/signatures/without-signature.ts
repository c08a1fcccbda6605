import { accepted } from '../checked';
import { isObject } from '../event';
import { headerText, type Headers, type SenderRequest } from './request';
import { anySame } from './same-secret';
import { matchResult, missingHeader, noUsableSecret, refuse, type SenderCheck } from './sender-check';

/** The schemes without a signature: each request carries the secret itself. */

export interface WriteKeyVerification {
	scheme: 'write-key';
	writeKeys: readonly string[];
}

export interface HeaderVerification {
	scheme: 'header';
	name: string;
	values: readonly string[];
}

export interface BasicVerification {
	scheme: 'basic';
	user: string;
	passwords: readonly string[];
}

/** Looks for the write key in the headers, in the URL and, only if it isn't there, in the body. */
export function verifyWriteKey(
	{ headers, query, parseBody }: SenderRequest,
	{ writeKeys }: WriteKeyVerification,
): SenderCheck {
	const offered = [...keysInHeaders(headers), ...keysInQuery(query)];
	if (anySame(offered, writeKeys) || anySame(keysInBody(parseBody?.()), writeKeys)) {
		return accepted('write-key');
	}
	return refuse(
		'no_match',
		'The request has no valid write key. Send it as the user name of Basic authentication, in the header X-Write-Key, or as "writeKey" in the body.',
	);
}

/** Segment, RudderStack and Customer.io send the key as the user of Basic Auth, Jitsu in its own header. */
function keysInHeaders(headers: Headers): string[] {
	const basic = basicCredentials(headers);
	// Senders leave the password empty, so the key is everything before the last colon, even if it has colons. Jitsu's
	// keys have one, and people enter such a key as user and password.
	const basicKeys = basic === undefined ? [] : [basic.replace(/:[^:]*$/, ''), basic];
	return [...basicKeys, headerText(headers, 'x-write-key')];
}

/** RudderStack's beacon sends the key in the URL. Beacons have no headers. */
function keysInQuery(query: SenderRequest['query']): string[] {
	return typeof query?.writeKey === 'string' ? [query.writeKey] : [];
}

/** Browser SDKs and PostHog's SDKs send the key in the body, posthog-js in the properties of each event. */
function keysInBody(body: unknown): string[] {
	const keys = Array.isArray(body)
		? [tokenIn(body[0])]
		: isObject(body)
			? [body.writeKey, body.api_key, tokenIn(body)]
			: [];
	return keys.filter((key) => typeof key === 'string');
}

function tokenIn(event: unknown): unknown {
	return isObject(event) && isObject(event.properties) ? event.properties.token : undefined;
}

/** Compares a header with the values that the sender was given. */
export function verifyHeader({ headers }: SenderRequest, { name, values }: HeaderVerification): SenderCheck {
	const offered = headerText(headers, name);
	if (offered === '') return missingHeader(name);
	if (values.every((value) => value === '')) return noUsableSecret();
	return matchResult(anySame([offered], values), 'header');
}

/** Compares user and password in `Authorization`, as in RFC 7617: https://www.rfc-editor.org/rfc/rfc7617 */
export function verifyBasic({ headers }: SenderRequest, { user, passwords }: BasicVerification): SenderCheck {
	const offered = basicCredentials(headers);
	if (offered === undefined) return missingHeader('Authorization with Basic');
	const known = passwords.filter((password) => password !== '').map((password) => `${user}:${password}`);
	if (known.length === 0) return noUsableSecret();
	return matchResult(anySame([offered], known), 'basic');
}

/** Returns `user:password`, decoded. */
function basicCredentials(headers: Headers): string | undefined {
	const authorization = headerText(headers, 'authorization');
	if (!/^basic /i.test(authorization)) return undefined;
	return Buffer.from(authorization.slice('basic '.length), 'base64').toString('utf8');
}
