import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

test('npm start -- --help lists all options in a fresh clone, before anything is installed', () => {
	const clone = mkdtempSync(join(tmpdir(), 'clone-'));
	try {
		for (const file of ['package.json', 'scripts'])
			cpSync(join(ROOT, file), join(clone, file), { recursive: true });
		const { status, stdout } = spawnSync('npm', ['start', '--', '--help'], { cwd: clone, encoding: 'utf8' });

		expect(status).toBe(0);
		const parsed = [
			...readFileSync(join(ROOT, 'test/host/start.ts'), 'utf8').matchAll(/^\t\t\t'?([\w-]+)'?: \{ type/gm),
		];
		expect(parsed.length).toBeGreaterThan(0);
		for (const [, option] of parsed) expect(stdout).toContain(`--${option} `);
		expect(readdirSync(clone).sort()).toEqual(['package.json', 'scripts']);
	} finally {
		rmSync(clone, { recursive: true });
	}
});
