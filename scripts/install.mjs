/**
 * Installs the dependencies if they are missing or the lockfile has changed, so that `npm start` and `npm test` work as the
 * first command in a fresh clone.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'node_modules', '.installed');
const lockHash = createHash('sha256')
	.update(readFileSync(join(root, 'package-lock.json')))
	.digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash) {
	console.log(
		'Installing dependencies (takes about a minute, and runs again only if the lockfile changes) …',
	);
	const started = Date.now();
	// No package needs its install script: every binary we use comes inside its package.
	const { status } = spawnSync(
		'npm',
		['ci', '--ignore-scripts', '--loglevel=error', '--no-audit', '--no-fund'],
		{
			cwd: root,
			stdio: 'inherit',
			shell: process.platform === 'win32',
		},
	);
	if (status !== 0) process.exit(status ?? 1);
	writeFileSync(stamp, lockHash);
	console.log(`Dependencies installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}
