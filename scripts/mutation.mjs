/** `npm run test:mutation -- signatures event`: mutation tests of these rooms, or of all of them. See test/mutation. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { rooms } from '../test/mutation/rooms.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const known = Object.keys(rooms);
const asked = process.argv.slice(2);
const unknown = asked.filter((room) => !known.includes(room));
if (unknown.length > 0) {
	console.error(`Unknown room: ${unknown.join(', ')}. Available rooms: ${known.join(', ')}.`);
	process.exit(1);
}

let code = 0;
for (const room of asked.length > 0 ? asked : known) {
	console.log(`== ${room}`);
	const { status } = spawnSync('npx', ['stryker', 'run'], {
		cwd: root,
		env: { ...process.env, MUTATION_ROOM: room },
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	code ||= status ?? 1;
}
process.exit(code);
