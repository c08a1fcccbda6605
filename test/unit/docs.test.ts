import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rejectMessages } from '../../nodes/shared/event';

const root = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** The members of a union type of texts, as its source lists them. */
function membersOf(file: string, type: RegExp): string[] {
	const [source = ''] = type.exec(read(file)) ?? [];
	const members = [...source.matchAll(/'(\w+)'/g)].map(([, member]) => member ?? '');
	expect(members.length).toBeGreaterThan(3);
	return members;
}

test.each([
	['why an event is rejected', 'docs/event-contract.md', () => Object.keys(rejectMessages)],
	[
		'why an item is not delivered',
		'docs/errors.md',
		() => membersOf('nodes/shared/delivery/failure.ts', /type FailureCode =[^;]+;/),
	],
	[
		'why a request to the trigger is refused',
		'docs/errors.md',
		() => membersOf('nodes/CustomerEvents/webhook/refusal.ts', /code:[^;]+;/),
	],
])('the docs list every code that says %s', (_, file, codes) => {
	const docs = read(file);
	expect(codes().filter((code) => !docs.includes(`\`${code}\``))).toEqual([]);
});
