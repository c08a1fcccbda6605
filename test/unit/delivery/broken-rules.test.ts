import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { brokenRules } from '../../../nodes/shared/delivery/read/broken-rules';

const field = (name: string, displayName: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	...more,
});

const form = [
	field('userId', 'User ID'),
	field('properties', 'Properties', { type: 'json' }),
	field('additionalFields', 'Additional Fields', {
		type: 'collection',
		options: [field('timezone', 'Timezone')],
	}),
	field('cartItems', 'Cart Items', {
		type: 'fixedCollection',
		options: [{ displayName: 'Item', name: 'item', values: [field('quantity', 'Quantity')] }],
	}),
	field('channel', 'Channel', { type: 'options', options: [{ name: 'Email', value: 'email' }] }),
	field('contract', 'Contract'),
];

const schema = z.object({
	user_id: z.string('It is missing').optional(),
	$timezone: z.string('It is missing').optional(),
	unknown: z.string('It is missing').optional(),
	properties: z.looseObject({
		plan: z.string("'Plan' is missing").optional(),
		cartItems: z.array(z.object({ quantity: z.number('It is missing') })).optional(),
		user_id: z.string('It is missing').optional(),
	}),
});

function broken(record: object, fields?: INodeProperties[]): string[] {
	const { error } = schema.safeParse({ properties: {}, ...record });
	return error === undefined ? [] : brokenRules(error, fields && { properties: fields });
}

describe('the path of a broken rule', () => {
	test.each([
		["'User ID' (user_id): It is missing", { user_id: 1 }],
		["'Timezone' ($timezone): It is missing", { $timezone: 1 }],
		['unknown: It is missing', { unknown: 1 }],
		[
			"'Quantity' in 'Cart Items' (properties.cartItems.1.quantity): It is missing",
			{ properties: { cartItems: [{ quantity: 1 }, {}] } },
		],
		["'Properties' (properties.plan): 'Plan' is missing", { properties: { plan: 1 } }],
		["'User ID' (properties.user_id): It is missing", { properties: { user_id: 1 } }],
	])('has the names of the form: %s', (sentence, record) => {
		expect(broken(record, form)).toEqual([sentence]);
	});

	test.each([
		['starts with the parameter of the first key', ['who'], "'User ID' (who): Wrong"],
		['has no parameter of another name at later keys', ['channel', 'who'], "'Channel' (channel.who): Wrong"],
		[
			'names what leads to the end rather than the first match',
			['channel', 'contract'],
			"'Contract' (channel.contract): Wrong",
		],
		['ignores choices, which are not fields', ['channel', 'email'], "'Channel' (channel.email): Wrong"],
		[
			'looks past a position at the end',
			['channel', 'cartItems', 0],
			"'Cart Items' (channel.cartItems.0): Wrong",
		],
		[
			'keeps the first match when only a position follows',
			['channel', 'y', 0],
			"'Channel' (channel.y.0): Wrong",
		],
		['looks into lists only below their own key', ['quantity'], 'quantity: Wrong'],
		['leaves out the positions in lists', ['list', 0], 'list.0: Wrong'],
	])('%s', (_, path, sentence) => {
		const error = new z.ZodError([{ code: 'custom', path, message: 'Wrong', input: undefined }]);
		expect(brokenRules(error, { properties: form, parameterNames: { who: 'userId' } })).toEqual([sentence]);
	});

	test('is left out when the message names the field', () => {
		const named = [field('plan', 'Plan')];
		expect(broken({ properties: { plan: 1 } }, named)).toEqual(["properties.plan: 'Plan' is missing"]);
		const { error } = z.object({ plan: z.string("'Plan' is missing") }).safeParse({});
		expect(brokenRules(error as z.ZodError, { properties: named })).toEqual(["'Plan' is missing"]);
	});

	test('has the service’s own names without a form', () => {
		expect(broken({ user_id: 1 })).toEqual(['user_id: It is missing']);
	});
});

test('keeps a rule about one part when another part breaks a rule', () => {
	const issue = (path: string[], message: string) =>
		({ code: 'custom', path, message, input: undefined }) as const;
	const error = new z.ZodError([
		issue(['a', 'x'], 'Too short'),
		issue(['a', 'y', 'z'], 'Too long'),
		issue(['a', 'y'], 'Not one of these'),
		issue(['b', 'y'], 'Missing'),
	]);
	expect(brokenRules(error)).toEqual(['a.x: Too short', 'a.y.z: Too long', 'b.y: Missing']);
});

test('leaves out a rule about a whole when one of its parts breaks another rule', () => {
	const part = z.object({ a: z.string().min(2, 'a is too short') });
	const { error } = part
		.refine(({ a }) => a === 'ok', 'The part is not ok')
		.array()
		.safeParse([{ a: '1' }, { a: 'one' }]);
	expect(error?.issues).toHaveLength(3);
	expect(brokenRules(error as z.ZodError)).toEqual(['0.a: a is too short', '1: The part is not ok']);
});
