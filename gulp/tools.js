/** What the tasks share: where things are, running programs, and refusing with words instead of a stack. */
const { spawn } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const { basename, join } = require('node:path');

const ROOT = join(__dirname, '..');
const BUILD = join(ROOT, 'build');

/** A package is a folder with a package.json, which is read anew: it may just have been written. */
const packageIn = (folder) => ({
	folder,
	manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
});

/** Runs a program, of this project if it has it; with `read` its output is returned, else shown. */
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
				: reject(plainError(`${program} ended with exit code ${code}; what it found is above.`)),
		);
	});
}

/** What n8n makes of a file it loads: an instance of the class that has the file's name. */
function instanceOf(file) {
	const [className] = basename(file).split('.');
	const Class = require(file)[className];
	if (!Class)
		throw plainError(`${file} must export a class named ${className}: n8n goes by the file's name.`);
	return new Class();
}

function refuse(faults, headline) {
	if (faults.length > 0) throw plainError([headline, ...faults.map((fault) => `  - ${fault}`)].join('\n'));
}

/** The stack of a build script tells nobody anything. */
const plainError = (message) => Object.assign(new Error(message), { showStack: false });

module.exports = { ROOT, BUILD, packageIn, run, instanceOf, refuse, plainError };
