import { createHash, timingSafeEqual } from 'node:crypto';
import { isObject } from '../event';

interface KeyedRequest {
	/** Names in lower case. */
	headers: Record<string, string | string[] | undefined>;
	/** The parsed body, for senders that put their key there. */
	body?: unknown;
}

/**
 * Whether a request carries one of the write keys: as the user name of Basic authentication (Segment,
 * RudderStack, Customer.io), in `X-Write-Key` (Jitsu), or as `writeKey` or `api_key` in the
 * body (browser SDKs).
 */
export function hasWriteKey(request: KeyedRequest, writeKeys: readonly string[]): boolean {
	const offered = [
		basicUser(request.headers.authorization),
		request.headers['x-write-key'],
		...keysInBody(request.body),
	];
	// Every pair is compared, so that the time taken says nothing about which key came close.
	return offered.flatMap((key) => writeKeys.map((known) => sameSecret(key, known))).includes(true);
}

function basicUser(authorization: string | string[] | undefined): string | undefined {
	if (typeof authorization !== 'string' || !/^basic /i.test(authorization)) return undefined;
	const decoded = Buffer.from(authorization.slice('basic '.length), 'base64').toString('utf8');
	// Senders leave the password empty, so what is before the last colon is the key, whatever it holds.
	return decoded.includes(':') ? decoded.slice(0, decoded.lastIndexOf(':')) : decoded;
}

function keysInBody(body: unknown): unknown[] {
	return isObject(body) ? [body.writeKey, body.api_key] : [];
}

/** In constant time: hashing first makes both sides equally long. */
function sameSecret(offered: unknown, known: string): boolean {
	const same = timingSafeEqual(sha256(typeof offered === 'string' ? offered : ''), sha256(known));
	return same && known !== '';
}

function sha256(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
