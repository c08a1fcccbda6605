/** What the tasks share: paths, running programs, and errors without a stack. */
const { spawn } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const { basename, join } = require('node:path');

const ROOT = join(__dirname, '..');
const BUILD = join(ROOT, 'build');

/** Describes the package in a folder. Always reads package.json, because a task may have just written it. */
const packageIn = (folder) => ({
	folder,
	manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
});

/** Runs a program, preferably one of this project. `read` returns its output instead of showing it. */
function run(program, args, { cwd = ROOT, read = false } = {}) {
	const local = join(ROOT, 'node_modules', '.bin', program);
	const child = spawn(existsSync(local) ? local : program, args, {
		cwd,
		stdio: ['ignore', read ? 'pipe' : 'inherit', 'inherit'],
		shell: process.platform === 'win32',
	});
	let text = '';
	child.stdout?.on('data', (chunk) => (text += chunk));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) =>
			code === 0
				? resolve(text)
				: reject(plainError(`${program} exited with code ${code}. See its output above.`)),
		);
	});
}

/** Loads a file as n8n does: an instance of the class that is named after the file. */
function instanceOf(file) {
	const [className] = basename(file).split('.');
	const Class = require(file)[className];
	if (!Class)
		throw plainError(`${file} must export a class named ${className}: n8n looks for the file's name.`);
	return new Class();
}

function refuse(faults, headline) {
	if (faults.length > 0) throw plainError([headline, ...faults.map((fault) => `  - ${fault}`)].join('\n'));
}

/** An error without a stack, which would not help to fix a package. */
const plainError = (message) => Object.assign(new Error(message), { showStack: false });

module.exports = { ROOT, BUILD, packageIn, run, instanceOf, refuse, plainError };
