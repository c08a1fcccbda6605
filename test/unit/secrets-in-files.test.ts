import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSecrets } from '../secret-scan';
import { secrets } from '../sandbox/credentials';

/** No key has been copied into a fixture, a snapshot or a page of the docs, neither the sandbox's nor a real one. */
const root = join(__dirname, '../..');
const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
	.split('\0')
	.filter(Boolean)
	// Links lead to files that are in the list themselves.
	.filter((file) => !lstatSync(join(root, file)).isSymbolicLink());

/** As those who give them out shape them. */
const realKeys = [
	/\b[sr]k_live_\w{16,}/,
	/\bAKIA[0-9A-Z]{16}\b/,
	/\bgh[pousr]_\w{36}/,
	/\bgithub_pat_\w{22,}/,
	/\bnpm_\w{36}/,
	/\bxox[abprs]-[\w-]{10,}/,
	/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
	/-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[\w+/=\s]{64,}/,
];

const where = (isIn: (text: string) => boolean) =>
	tracked.filter((file) => isIn(readFileSync(join(root, file), 'utf8')));

test('the keys of the sandbox are written down in one place', () => {
	expect(where((text) => findSecrets(text, secrets).length > 0)).toEqual(['test/sandbox/credentials.ts']);
});

test('nothing looks like a real key, but for the one of the self-signed certificate', () => {
	const looksReal = (text: string) => realKeys.some((shape) => shape.test(text));
	expect(where(looksReal)).toEqual(['test/engine/fixtures/self-signed.key']);
});
