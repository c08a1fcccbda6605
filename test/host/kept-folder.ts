import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { generation } from './generation';

/** The folder outside the repository where `npm start` keeps n8n's data, with what people build. */
export const keptFolder = join(
	process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'),
	'n8n-nodes-customer-events',
	`n8n-${generation.version.split('.', 1)[0]}`,
);

/** Holds the ID of the process that uses the folder. */
const lockFile = join(keptFolder, 'used-by');

/**
 * Reserves the folder for this process, because two n8n can't share one.
 * @param reset whether to remove what is in it
 * @returns a function that gives it back
 */
export async function useKeptFolder({ reset }: { reset: boolean }): Promise<() => Promise<void>> {
	const user = existsSync(lockFile) ? Number(await readFile(lockFile, 'utf8')) : undefined;
	if (user !== undefined && isAlive(user)) {
		throw new Error(
			`npm start is already running (process ${user}) and uses ${keptFolder}. Stop it there with Ctrl-C first.`,
		);
	}
	if (reset) await rm(keptFolder, { recursive: true, force: true });
	await mkdir(keptFolder, { recursive: true, mode: 0o700 });
	await writeFile(lockFile, String(process.pid));
	return async () => await rm(lockFile, { force: true });
}

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}
