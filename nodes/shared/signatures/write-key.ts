import { isObject } from '../event';
import { basicCredentials } from './basic';
import { headerText, type Headers, type SenderRequest } from './request';
import { anySame } from './same-secret';
import { refused, type Verdict } from './verdict';

export interface WriteKeyVerification {
	scheme: 'write-key';
	writeKeys: readonly string[];
}

/** The body is parsed only for senders that put their key there. */
export function verifyWriteKey(
	{ headers, parseBody }: SenderRequest,
	{ writeKeys }: WriteKeyVerification,
): Verdict {
	if (hasWriteKey({ headers }, writeKeys) || hasWriteKey({ headers: {}, body: parseBody?.() }, writeKeys)) {
		return { ok: true, verified: 'write-key' };
	}
	return refused(
		'no_match',
		'The request carries no valid write key. Send it as the user name of Basic authentication, in the header X-Write-Key, or as "writeKey" in the body.',
	);
}

interface KeyedRequest {
	headers: Headers;
	/** The parsed body, for senders that put their key there. */
	body?: unknown;
}

/**
 * Whether a request carries one of the write keys: as the user name of Basic authentication (Segment,
 * RudderStack, Customer.io), in `X-Write-Key` (Jitsu), or as `writeKey` or `api_key` in the
 * body (browser SDKs).
 */
export function hasWriteKey({ headers, body }: KeyedRequest, writeKeys: readonly string[]): boolean {
	const offered = [basicUser(headers), headerText(headers, 'x-write-key'), ...keysInBody(body)];
	return anySame(offered, writeKeys);
}

function basicUser(headers: Headers): string {
	const decoded = basicCredentials(headers) ?? '';
	// Senders leave the password empty, so what is before the last colon is the key, whatever it holds.
	return decoded.includes(':') ? decoded.slice(0, decoded.lastIndexOf(':')) : decoded;
}

function keysInBody(body: unknown): string[] {
	return isObject(body) ? [body.writeKey, body.api_key].filter((key) => typeof key === 'string') : [];
}
