/**
 * `npm test`: lint and all tests at the same time, since the tests leave a processor idle while n8n starts. Prints what
 * lint found when the tests have ended. If lint finds something, it ends the tests at once.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const isWindows = process.platform === 'win32';

function start(command, args, options) {
	const child = spawn(command, args, { cwd: root, shell: isWindows, ...options });
	const ended = new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => resolve(code ?? 1));
	});
	return { child, ended };
}

const tests = start(process.execPath, ['node_modules/jest/bin/jest.js', ...process.argv.slice(2)], {
	stdio: 'inherit',
	// Its own process group, so that jest's workers end with it.
	detached: !isWindows,
});
const lint = start('npm', ['run', 'lint'], { stdio: ['ignore', 'pipe', 'pipe'] });
let found = '';
for (const stream of [lint.child.stdout, lint.child.stderr]) {
	stream.setEncoding('utf8').on('data', (text) => (found += text));
}

function endTests(signal) {
	if (tests.child.exitCode !== null || tests.child.signalCode !== null) return;
	if (isWindows) tests.child.kill(signal);
	else process.kill(-tests.child.pid, signal);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, endTests);

const lintCode = await lint.ended;
if (lintCode !== 0) endTests('SIGTERM');
const testsCode = await tests.ended;
console.log(found);
process.exit(lintCode || testsCode);
