import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { remember } from '../remember';

export type HmacAlgorithm = 'sha1' | 'sha256' | 'sha512';
export type HmacEncoding = 'hex' | 'base64';

/** Made once of each secret: to make it takes Node longer than to sign a message with it. */
const toKey = remember(1000, (secret: string) => createSecretKey(Buffer.from(secret)));

/** An empty secret, which anybody can guess, makes no key. */
export function hmacKeys(secrets: readonly string[]): KeyObject[] {
	return secrets.filter((secret) => secret !== '').map((secret) => toKey(secret));
}

/**
 * What each key makes of the message.
 * @param message in parts, so that the body need not be copied
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
