import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { checkPath, protect } from '../../../nodes/shared/rules/privacy';
import { accept, minimal } from '../event/helpers';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const person = (more: Record<string, unknown>) => accept({ ...minimal.identify, ...more });
const hash = (path: string, event: ReturnType<typeof person>) => protect(event, { hash: [path], drop: [] });
const drop = (path: string, event: ReturnType<typeof person>) => protect(event, { hash: [], drop: [path] });

test('hashes the trimmed value in lower case with SHA-256 in hex', () => {
	const { traits } = hash('traits.email', person({ traits: { email: ' Ada@Example.com ' } }));
	expect(traits.email).toBe(sha256('ada@example.com'));
});

test('keeps a value that is already hashed', () => {
	const email = sha256('ada@example.com');
	expect(hash('traits.email', person({ traits: { email } })).traits.email).toBe(email);
});

test('protects the copy of the traits in the context, too', () => {
	const event = person({ traits: { email: 'a@b.c' }, context: { traits: { email: 'a@b.c', plan: 'pro' } } });
	expect(JSON.stringify(hash('traits.email', event))).not.toContain('a@b.c');
	expect(drop('traits.email', event)).toMatchObject({ context: { traits: { plan: 'pro' } } });
	expect(JSON.stringify(drop('traits.email', event))).not.toContain('a@b.c');
});

test('hashes numbers, lists and objects but not empty values', () => {
	const event = person({
		traits: { phone: 123, emails: ['A', 'b', ' '], card: { n: 1 }, none: null, blank: '  ' },
	});
	const rules = {
		hash: ['phone', 'emails', 'card', 'none', 'blank', 'missing'].map((name) => `traits.${name}`),
		drop: [],
	};
	expect(protect(event, rules).traits).toEqual({
		phone: sha256('123'),
		emails: [sha256('a'), sha256('b'), ' '],
		card: sha256('{"n":1}'),
		none: null,
		blank: '  ',
	});
});

test('does not change the original event', () => {
	const event = person({ traits: { email: 'a@b.c', address: { city: 'Bonn' } } });
	const before = structuredClone(event);
	protect(event, { hash: ['traits.email'], drop: ['traits.address.city'] });
	expect(event).toEqual(before);
});

test('does not copy an event without private fields', () => {
	const event = person({ traits: { plan: 'pro' } });
	expect(hash('traits.email', event)).toBe(event);
});

describe('a path', () => {
	const dotted = { 'card.number': '4111', card: { number: '4222', 'type.name': 'debit' }, other: 1 };

	test('finds a key with dots, too', () => {
		const event = person({ properties: dotted });
		expect(drop('properties.card.number', event).properties).toEqual({
			card: { 'type.name': 'debit' },
			other: 1,
		});
		expect(JSON.stringify(hash('properties.card.number', event))).not.toMatch(/4111|4222/);
	});

	test('in brackets finds only that key', () => {
		const { 'card.number': _, ...rest } = dotted;
		expect(drop('properties["card.number"]', person({ properties: dotted })).properties).toEqual(rest);
	});

	test('finds a key with dots inside another object', () => {
		const event = person({ properties: dotted });
		expect(JSON.stringify(drop('properties.card.type.name', event))).not.toContain('debit');
	});

	test('finds a value in a list', () => {
		const event = person({ properties: { items: [{ sku: 1 }, { sku: 2, name: 'b' }] } });
		expect(drop('properties.items[1].sku', event).properties).toEqual({ items: [{ sku: 1 }, { name: 'b' }] });
	});

	const email = 'ada@example.com';
	const entries = [{ email, id: 1 }, 'text', null, { id: 2 }, [{ email }], { 'email.work': email }];

	test.each(['properties.items.email', 'properties.items[].email', 'properties.items[*].email'])(
		'%s finds each entry of a list, and an object instead of the list',
		(path) => {
			const [list, one] = [entries, { email }].map((items) => person({ properties: { items } }));
			expect(drop(path, list as never).properties).toEqual({
				items: [{ id: 1 }, 'text', null, { id: 2 }, [{}], { 'email.work': email }],
			});
			expect(JSON.stringify(hash(`${path}.work`, hash(path, list as never)))).not.toContain(email);
			expect(drop(path, one as never).properties).toEqual({ items: {} });
		},
	);

	test('a path with [] also finds the entries of an object, which is how PHP writes some lists', () => {
		const event = person({ properties: { items: { 0: { id: 1, email }, x: { email }, total: 2 } } });
		const path = 'properties.items[].email';
		expect(drop(path, event as never).properties).toEqual({ items: { 0: { id: 1 }, x: {}, total: 2 } });
		expect(JSON.stringify(hash(path, event as never))).not.toContain(email);
	});

	test.each(['properties.items[]', 'properties.items'])('%s means the values of a list', (path) => {
		const event = person({ properties: { items: ['a', 'b'] } });
		expect(hash(path, event).properties).toEqual({ items: [sha256('a'), sha256('b')] });
		expect(hash(path, person({ properties: { items: 'a' } })).properties).toEqual({ items: sha256('a') });
	});

	test('to a position in a list leaves the other positions unchanged', () => {
		const event = person({ properties: { items: ['a', 'b', 'c'] } });
		const rules = { hash: [], drop: ['properties.items[0]', 'properties.items.1'] };
		expect(protect(event, rules).properties).toEqual({ items: [null, null, 'c'] });
	});

	test('finds keys in upper and lower case', () => {
		const event = person({ traits: { Email: email, EMAIL: email, Address: { City: 'Bonn' } } });
		expect(protect(event, { hash: [], drop: ['traits.email', 'traits.address.city'] }).traits).toEqual({
			Address: {},
		});
	});

	test('to 10,000 entries of a list copies the list once', () => {
		const items = Array.from({ length: 10_000 }, (_, id) => ({ id, email }));
		const event = { properties: { items } };
		const before = process.cpuUsage();
		const guarded = protect(event, { hash: [], drop: ['properties.items.email'] });
		expect(process.cpuUsage(before).user).toBeLessThan(500_000);
		expect(JSON.stringify(guarded)).not.toContain(email);
	});

	test('does not find inherited fields', () => {
		const event = person({ traits: { plan: 'pro' } });
		expect(hash('traits.constructor.name', drop('traits.toString', event))).toBe(event);
	});
});

test('leaves no private value anywhere in the event', () => {
	const name = fc.stringMatching(/^[a-z]{1,8}$/);
	/** Keys of which some hold dots themselves. */
	const keys = fc.array(
		fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('.')),
		{
			minLength: 1,
			maxLength: 3,
		},
	);
	fc.assert(
		fc.property(keys, fc.uuid(), fc.boolean(), (keys, secret, hashes) => {
			const path = [`traits.${keys.join('.')}`];
			const traits = keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), secret);
			const event = person({ traits, context: { traits } });
			const guarded = protect(event, { hash: hashes ? path : [], drop: hashes ? [] : path });
			expect(JSON.stringify(guarded)).not.toContain(secret);
			expect(JSON.stringify(guarded.traits).includes(sha256(secret))).toBe(hashes);
		}),
	);
});

test.each([
	['traits.email', 'hash', undefined],
	['properties.card.number', 'drop', undefined],
	['context.ip', 'drop', undefined],
	['name', 'drop', undefined],
	['userId', 'hash', undefined],
	['userId', 'drop', /Hash it instead/],
	['userId.first', 'hash', /isn't a field of an event/],
	['traits["e.mail"]', 'hash', undefined],
	['traits', 'drop', /can't be dropped or hashed as a whole/],
	['["traits"]', 'drop', /can't be dropped or hashed as a whole/],
	['properties[]', 'drop', /can't be dropped or hashed as a whole/],
	['["userId"]', 'drop', /isn't a field of an event/],
	['email', 'hash', /isn't a field of an event/],
	['messageId', 'hash', /isn't a field of an event/],
	['', 'drop', /is not a path/],
	['properties.products[].email', 'drop', undefined],
	['properties.products[*].email', 'drop', undefined],
	['Traits.email', 'hash', /isn't a field of an event/],
	...[
		'traits.email.',
		'traits..email',
		'.traits.email',
		'traits. email',
		'properties.products[',
		'traits[email]',
	].map((path) => [path, 'drop', /is not a path/] as const),
	...[
		'properties.products.*.email',
		'properties.products[-1]',
		'traits["email\']',
		'traits.email]',
		'properties]x[0',
	].map((path) => [path, 'hash', /\[\] for each entry of a list/] as const),
	[`properties${'.a'.repeat(64)}`, 'drop', /is not a path/],
] as const)('checks the path %j to %s', (path, use, fault) => {
	if (fault === undefined) expect(checkPath(path, use)).toBeUndefined();
	else expect(checkPath(path, use)).toMatch(fault);
});

test('protects no copies of other fields in the context', () => {
	const event = person({ properties: { card: 1 }, context: { properties: { card: 2 } } });
	expect(drop('properties.card', event)).toMatchObject({
		properties: {},
		context: { properties: { card: 2 } },
	});
});

test.each([
	['null', { email: null }],
	['text, whose length is no field', { email: { toString: 'x' } }],
])('a path through %s finds nothing', (_, traits) => {
	const event = person({ traits: { ...traits, name: 'Ada' } });
	for (const path of ['traits.email.address', 'traits.name.length']) expect(drop(path, event)).toBe(event);
});

test('keeps an undefined value', () => {
	expect(protect({ traits: { email: undefined } }, { hash: ['traits.email'], drop: [] })).toStrictEqual({
		traits: { email: undefined },
	});
});
