import { warnOfBrokenIds } from '../../../nodes/shared/delivery/read/broken-ids';
import type { Warning } from '../../../nodes/shared/event';

function warningsOf(ids: Record<string, unknown>): Warning[] {
	const warnings: Warning[] = [];
	warnOfBrokenIds(ids, (warning) => void warnings.push(warning));
	return warnings;
}

test.each([
	...['undefined', 'Undefined', 'null', 'NULL', 'NaN', 'None', 'Invalid Date'],
	...['[object Object]', '[object Promise]', '[object Object],[object Object]', 'undefined undefined'],
	...['undefinednull', 'null, null', '{{ $json.userId }}', '={{ $json.userId }}'],
])('warns of the ID %j', (id) => {
	const message = `${JSON.stringify(id)} is used as an ID. This usually means that an expression or a script found no value. Correct the expression, or the item that it reads.`;
	expect(warningsOf({ user_id: id })).toEqual([{ path: 'user_id', code: 'suspicious_id', message }]);
});

test.each([
	...['null-1', 'Nadia', 'nonesuch', 'undefined@example.com', 'x undefined', 'u {{1}}', '[vip]-1', ''],
	...[undefined, null, 0, 42],
])('does not warn of the ID %j', (id) => {
	expect(warningsOf({ user_id: id })).toEqual([]);
});

test('warns once of an ID that a list repeats', () => {
	const warnings = warningsOf({ ids: ['undefined', 'u1', 'undefined', 'null'], actor: 'undefined' });
	expect(warnings.map(({ path, message }) => [path, message.split(' ')[0]])).toEqual([
		['ids', '"undefined"'],
		['ids', '"null"'],
		['actor', '"undefined"'],
	]);
});

test('shows only the start of a long ID', () => {
	const [warning] = warningsOf({ user_id: 'null '.repeat(100) });
	expect(warning?.message.length).toBeLessThan(200);
});
