import { createHmac } from 'node:crypto';

export type HmacAlgorithm = 'sha1' | 'sha256' | 'sha512';
export type HmacEncoding = 'hex' | 'base64';

/**
 * What each secret makes of the message. An empty secret, which anybody can guess, makes nothing.
 * @param message in parts, so that the body need not be copied
 */
export function hmacDigests(
	algorithm: HmacAlgorithm,
	secrets: ReadonlyArray<string | Buffer>,
	message: ReadonlyArray<string | Buffer>,
	encoding: HmacEncoding,
): string[] {
	return secrets
		.filter((secret) => secret.length > 0)
		.map((secret) => {
			const hmac = createHmac(algorithm, secret);
			for (const part of message) hmac.update(part);
			return hmac.digest(encoding);
		});
}
