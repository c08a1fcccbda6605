import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { ifUsable, usableValues, type Warning } from '../../../nodes/shared';
import { checkRecord } from '../../../nodes/shared/delivery/read/check-record';

const schema = z.object({
	user_id: z.string('The user is missing'),
	plan: ifUsable(z.string('The plan must be text')),
	person: z.object({ phones: usableValues(z.string('A phone number is text')) }).optional(),
});
const form: INodeProperties[] = [
	{ displayName: 'Plan', name: 'plan', type: 'string', default: '' },
	{ displayName: 'User ID', name: 'userId', type: 'string', default: '' },
];

function check(mapped: Record<string, unknown>, properties?: INodeProperties[]) {
	const warnings: Warning[] = [];
	const warn = (warning: Warning) => void warnings.push(warning);
	const checked = checkRecord({ schema }, mapped, warn, properties && { properties });
	return { checked, warnings };
}

test('keeps the record when optional values are unusable, and warns of each', () => {
	const mapped = { user_id: 'u1', plan: 5, person: { phones: ['1', 2, null, {}, '3'] } };
	expect(check(mapped, form)).toEqual({
		checked: { ok: true, value: { user_id: 'u1', plan: undefined, person: { phones: ['1', '3'] } } },
		warnings: [
			{
				path: 'plan',
				code: 'unusable_value',
				message: "'Plan' was left out, because 5 can't be used: The plan must be text",
			},
			{
				path: 'person.phones.1',
				code: 'unusable_value',
				message: "'person.phones.1' was left out, because 2 can't be used: A phone number is text",
			},
			{
				path: 'person.phones.3',
				code: 'unusable_value',
				message: "'person.phones.3' was left out, because an object can't be used: A phone number is text",
			},
		],
	});
	expect(mapped.person.phones).toHaveLength(5);
});

test('rejects the record when a required value is unusable, and names every broken rule', () => {
	expect(check({ plan: {} }, form).checked).toEqual({
		ok: false,
		reason: ["'User ID' (user_id): The user is missing", "'Plan' (plan): The plan must be text"],
	});
});

test('rejects a record whose optional value has no place of its own in the mapping', () => {
	const renamed = z.preprocess(
		() => ({ plan: 5 }),
		z.object({ plan: ifUsable(z.string('It must be text')) }),
	);
	expect(checkRecord({ schema: renamed }, {}, () => {})).toEqual({
		ok: false,
		reason: ['plan: It must be text'],
	});
});

test.each([[12345678901234567890], [-(2 ** 53)]])('says that the number %d was rounded', (user_id) => {
	expect(check({ user_id }, form).checked).toEqual({
		ok: false,
		reason: [
			`'User ID' (user_id): ${user_id} has lost its last digits, because numbers above 9007199254740991 are rounded. Send it as text`,
		],
	});
});

test.each([
	['x'.repeat(50), `"${'x'.repeat(39)}…"`],
	[[1, 2], 'a list of length 2'],
	[{ access_token: 'secret' }, 'an object'],
	[true, 'true'],
])('shows what was left out shortened: %j', (plan, shown) => {
	const strict = z.object({ plan: ifUsable(z.never('It may not be')) });
	const warnings: Warning[] = [];
	checkRecord({ schema: strict }, { plan }, (warning) => void warnings.push(warning));
	expect(warnings[0]?.message).toBe(`'plan' was left out, because ${shown} can't be used: It may not be`);
});
