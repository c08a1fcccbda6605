import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ensureN8n } from './install';
import { step } from './progress';
import { installOnce, npmCi } from './sub-package';

const SUB_PACKAGE = join(__dirname, '..', 'conformance');
const REPOSITORY = join(__dirname, '..', '..');
const PROGRAM_TIMEOUT_MS = 60_000;

/** Returns the folder with the real clients. Installs them if this machine doesn't have them yet. */
export async function ensureClients(): Promise<string> {
	return await installOnce(SUB_PACKAGE, 'clients', (folder) =>
		step('Download the SDKs that the tests use', '230 MB on disk, once, about a minute', () => npmCi(folder)),
	);
}

/** The only client that the repository itself depends on. */
const OF_THE_REPOSITORY = '@segment/analytics-node';

/**
 * Runs an ES module, which may import any of the clients, in a process of its own, and waits until it ends.
 * @throws with its output if it fails
 */
export async function runProgram(program: string): Promise<string> {
	const cwd = program.includes(OF_THE_REPOSITORY) ? REPOSITORY : await ensureClients();
	// Some of the clients need a newer Node.js than this project does.
	const { node } = await ensureN8n();
	const child = spawn(node, ['--input-type=module', '-'], {
		cwd,
		env: { PATH: process.env.PATH },
		timeout: PROGRAM_TIMEOUT_MS,
	});
	child.stdin.end(program);
	const [printed, complaints, [code, signal]] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
	]);
	if (code === 0) return printed;
	throw new Error(`The program ended with ${signal ?? `code ${code}`}:\n${printed}${complaints}`);
}

/** Loads a client into this process. */
export async function requireClient<T>(name: string): Promise<T> {
	return createRequire(join(await ensureClients(), 'package.json'))(name) as T;
}
