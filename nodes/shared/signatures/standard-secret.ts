import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { remember } from '../remember';

interface StandardKeys {
	hmacKeys: KeyObject[];
	publicKeys: KeyObject[];
	/** What to correct, if the secret can't be used. */
	problem?: string;
}

const prefixes = ['whsec_', 'whpk_', 'whsk_'] as const;
/** The specification requires 24 bytes. Fewer than 16 are easy to guess. */
const fewestBytes = 16;
const publicKeyBytes = 32;

/**
 * Reads the keys in a secret: `whsec_` and base64, or `whpk_` and an Ed25519 public key. A secret without a prefix can
 * be base64, as in the libraries, or the key itself, as with some senders, so it gives two keys.
 * Cached, since creating a key takes Node longer than signing a message with it.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
 */
export const readStandardSecret = remember(1000, (secret: string): StandardKeys => {
	const prefix = prefixes.find((each) => secret.startsWith(each));
	const bytes = fromBase64(secret.slice(prefix?.length));
	switch (prefix) {
		case 'whsk_':
			return unusable(
				"This is the sender's private key (whsk_). Enter its public key, which starts with whpk_",
			);
		case 'whpk_':
			return bytes.length === publicKeyBytes
				? { hmacKeys: [], publicKeys: [toPublicKey(bytes)] }
				: unusable(
						'This public key is incomplete: whpk_ must be followed by 32 bytes in base64. Copy the key again',
					);
		case 'whsec_':
			return bytes.length >= fewestBytes
				? { hmacKeys: [createSecretKey(bytes)], publicKeys: [] }
				: unusable(
						'This signing secret is incomplete: whsec_ must be followed by base64. Copy the key again',
					);
		default:
			return {
				hmacKeys: [bytes, Buffer.from(secret)].filter(({ length }) => length > 0).map(createSecretKey),
				publicKeys: [],
			};
	}
});

function unusable(problem: string): StandardKeys {
	return { hmacKeys: [], publicKeys: [], problem };
}

/** Returns no bytes if the text isn't base64. Node would decode the part before the first mistake. */
function fromBase64(text: string): Buffer {
	return Buffer.from(/^[A-Za-z0-9+/]+={0,2}$/.test(text) ? text : '', 'base64');
}

function toPublicKey(bytes: Buffer): KeyObject {
	const key = { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') };
	return createPublicKey({ key, format: 'jwk' });
}
