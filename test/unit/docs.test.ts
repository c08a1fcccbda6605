import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatFields } from '../../nodes/CustomerEvents/format-fields';
import { rejectMessages } from '../../nodes/shared/event';
import { formats, senderPresets } from '../../nodes/shared/formats';
import { expectDocumentedTable } from '../documented-table';

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
		() => membersOf('nodes/shared/service/failure.ts', /type FailureCode =[^;]+;/),
	],
	[
		'why a request to the trigger is refused',
		'docs/errors.md',
		() => membersOf('nodes/shared/webhook/refusal.ts', /code:[^;]+;/),
	],
])('the docs list every code that says %s', (_, file, codes) => {
	const docs = read(file);
	expect(codes().filter((code) => !docs.includes(`\`${code}\``))).toEqual([]);
});

test('the docs name every format with which the editor offers the paths, and no other', () => {
	const paths = formatFields.find(({ name }) => name === 'paths');
	const offered = paths?.displayOptions?.show?.format ?? [];
	const [, sentence = ''] =
		/The editor shows the paths if \*\*Format\*\* is ([^.]+)\./.exec(read('docs/event-contract.md')) ?? [];

	expect(sentence.startsWith('Detect Automatically, ')).toBe(offered.includes('auto'));
	expect(formats.filter(({ displayName }) => sentence.includes(displayName)).map(({ name }) => name)).toEqual(
		formats.filter(({ name }) => offered.includes(name)).map(({ name }) => name),
	);
});

test('the docs list what is known of each sender', () => {
	const shown = (path: string | undefined) => (path === undefined ? '' : `\`${path}\``);
	const rows = senderPresets.map(({ displayName, signature, paths, eventDetail, ...preset }) => [
		displayName,
		signature === undefined ? 'no' : 'yes',
		shown(paths.event) + (eventDetail === undefined ? '' : `, then \`${eventDetail}\``),
		[
			...[preset.userIdWhere ?? []]
				.flat()
				.map((where) => `\`${where.path}\` is ${where.value}: \`${where.userId}\``),
			...Object.entries(preset.userIdByEvent ?? {}).map(([name, path]) => `\`${name}\`: \`${path}\``),
			shown(paths.userId) + (preset.guestId === undefined ? '' : `, except ${preset.guestId}`),
		].join('; '),
		[paths.messageId, ...(preset.messageIdDetails ?? [])].map(shown).join(', then '),
		shown(paths.timestamp),
	]);

	expectDocumentedTable('docs/senders.md', 'known senders', [
		['sender', 'has a scheme', 'event name', 'user', 'message ID', 'time'],
		...rows,
	]);
});
