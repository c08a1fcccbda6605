import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const digest = (value: string) => createHash('sha256').update(value).digest();

/** Compares in constant time, for any lengths. */
export const isSameSecret = (given: string, expected: string): boolean =>
	timingSafeEqual(digest(given), digest(expected));

export const bearerToken = (headers: IncomingHttpHeaders): string | undefined =>
	/^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];

export const isBasicAuth = (headers: IncomingHttpHeaders, user: string, password: string): boolean => {
	const [, token = ''] = /^Basic +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
	return isSameSecret(Buffer.from(token, 'base64').toString('utf8'), `${user}:${password}`);
};
