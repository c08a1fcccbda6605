import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

const HOST = '127.0.0.1';
/**
 * Ports that operating systems don't give to other programs, so that a port stays free until its server listens. They are
 * chosen at random, because tests in other processes choose from them at the same time.
 */
const RANGE = [20_000, 32_000] as const;
const TRIES = 100;

/** Returns the preferred port if it is free, otherwise a random free one. */
export async function freePort(preferred = 0): Promise<number> {
	if (preferred !== 0 && (await isFree(preferred))) return preferred;
	for (let tried = 0; tried < TRIES; tried++) {
		const port = randomInt(...RANGE);
		if (await isFree(port)) return port;
	}
	throw new Error(`None of ${TRIES} ports from ${RANGE[0]} to ${RANGE[1]} is free.`);
}

async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	try {
		server.listen(port, HOST);
		await once(server, 'listening');
	} catch {
		return false;
	}
	server.close();
	await once(server, 'close');
	return true;
}
