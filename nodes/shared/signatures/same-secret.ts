import { hash, timingSafeEqual } from 'node:crypto';

/**
 * Checks whether any of the offered texts is one of the secrets. Takes the same time whether a text is almost right or
 * not: it hashes all texts to the same length and compares every pair. An empty secret never matches.
 */
export function anySame(offered: readonly string[], secrets: readonly string[]): boolean {
	return anyEqual(offered.map(sha256), secrets.filter((secret) => secret !== '').map(sha256));
}

/** Does the same for digests in hex or base64. Their length isn't secret, so they don't need hashing. */
export function anySameDigest(offered: readonly string[], digests: readonly string[]): boolean {
	return anyEqual(offered.map(toBytes), digests.map(toBytes));
}

function anyEqual(offered: readonly Buffer[], known: readonly Buffer[]): boolean {
	let equal = false;
	for (const one of offered) {
		for (const other of known) {
			if (one.length === other.length && timingSafeEqual(one, other)) equal = true;
		}
	}
	return equal;
}

function sha256(text: string): Buffer {
	return hash('sha256', text, 'buffer');
}

function toBytes(text: string): Buffer {
	return Buffer.from(text);
}
