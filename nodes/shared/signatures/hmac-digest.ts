import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { remember } from '../remember';

export type HmacAlgorithm = 'sha1' | 'sha256' | 'sha512';
export type HmacEncoding = 'hex' | 'base64';

/** Cached, since creating a key takes Node longer than signing a message with it. */
const toKey = remember(1000, (secret: string) => createSecretKey(Buffer.from(secret)));

/** Returns the keys of all secrets that aren't empty: anyone could sign with an empty one. */
export function hmacKeys(secrets: readonly string[]): KeyObject[] {
	return secrets.filter((secret) => secret !== '').map((secret) => toKey(secret));
}

/**
 * Signs a message with each key.
 * @param message in parts, so that the body doesn't have to be copied
 */
export function hmacDigests(
	algorithm: HmacAlgorithm,
	keys: readonly KeyObject[],
	message: ReadonlyArray<string | Buffer>,
	encoding: HmacEncoding,
): string[] {
	return keys.map((key) => {
		const hmac = createHmac(algorithm, key);
		for (const part of message) hmac.update(part);
		return hmac.digest(encoding);
	});
}
