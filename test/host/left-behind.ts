import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './commands';
import { ensureN8n } from './install';
import type { RunningN8n } from './n8n-process';

const DUMP = join(__dirname, 'dump-database.cjs');

/**
 * Returns every text in the state of an n8n: the rows of its database, the lines of its log, and all other files. n8n must
 * have ended, so that it has written everything.
 */
export async function leftBehind({
	stateDir,
	logFile,
}: RunningN8n): Promise<Record<string, string[]> & { database: string[]; log: string[] }> {
	const { node } = await ensureN8n();
	const folder = join(stateDir, '.n8n');
	const rows = await run(node, [DUMP, join(folder, 'database.sqlite')], { cwd: stateDir });
	const files = readdirSync(stateDir, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
		.map(({ parentPath, name }) => join(parentPath, name))
		.filter((file) => file !== logFile);
	return {
		database: rows.split('\n'),
		log: readFileSync(logFile, 'utf8').split('\n'),
		...Object.fromEntries(files.map((file) => [file, [readFileSync(file, 'latin1')]])),
	};
}
