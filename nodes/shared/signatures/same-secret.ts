import { hash, timingSafeEqual } from 'node:crypto';

/**
 * Whether one of the offered texts is one of the secrets. In constant time: hashing first makes all
 * equally long, and every pair is compared, so that the time taken says nothing about which came close.
 * An empty secret, which anybody can guess, is never the same.
 */
export function anySame(offered: readonly string[], secrets: readonly string[]): boolean {
	return anyEqual(offered.map(sha256), secrets.filter((secret) => secret !== '').map(sha256));
}

/** The same for digests in hex or base64: their length is no secret, so they need no hashing. */
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
