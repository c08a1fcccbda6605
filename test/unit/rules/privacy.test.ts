import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { faultOfPath, protect } from '../../../nodes/shared/rules/privacy';
import { accept, minimal } from '../event/helpers';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const person = (more: Record<string, unknown>) => accept({ ...minimal.identify, ...more });
const hash = (path: string, event: ReturnType<typeof person>) => protect(event, { hash: [path], drop: [] });
const drop = (path: string, event: ReturnType<typeof person>) => protect(event, { hash: [], drop: [path] });

test('hashes as advertising services expect it: trimmed, in lower case, SHA-256 in hex', () => {
	const { traits } = hash('traits.email', person({ traits: { email: ' Ada@Example.com ' } }));
	expect(traits.email).toBe(sha256('ada@example.com'));
});

test('what is hashed already stays', () => {
	const email = sha256('ada@example.com');
	expect(hash('traits.email', person({ traits: { email } })).traits.email).toBe(email);
});

test('the copy of the traits that SDKs put into the context is protected too', () => {
	const event = person({ traits: { email: 'a@b.c' }, context: { traits: { email: 'a@b.c', plan: 'pro' } } });
	expect(JSON.stringify(hash('traits.email', event))).not.toContain('a@b.c');
	expect(drop('traits.email', event)).toMatchObject({ context: { traits: { plan: 'pro' } } });
	expect(JSON.stringify(drop('traits.email', event))).not.toContain('a@b.c');
});

test('numbers, lists and objects are hashed, nothing is made of nothing', () => {
	const event = person({ traits: { phone: 123, emails: ['A', 'b'], card: { n: 1 }, none: null } });
	const rules = {
		hash: ['traits.phone', 'traits.emails', 'traits.card', 'traits.none', 'traits.missing'],
		drop: [],
	};
	expect(protect(event, rules).traits).toEqual({
		phone: sha256('123'),
		emails: [sha256('a'), sha256('b')],
		card: sha256('{"n":1}'),
		none: null,
	});
});

test('the event it was given is not changed', () => {
	const event = person({ traits: { email: 'a@b.c', address: { city: 'Bonn' } } });
	const before = structuredClone(event);
	protect(event, { hash: ['traits.email'], drop: ['traits.address.city'] });
	expect(event).toEqual(before);
});

test('whatever is hashed or dropped is nowhere in the event any more', () => {
	const name = fc.stringMatching(/^[a-z]{1,8}$/);
	fc.assert(
		fc.property(name, fc.uuid(), fc.boolean(), (field, secret, hashes) => {
			const event = person({ traits: { [field]: secret }, context: { traits: { [field]: secret } } });
			const path = [`traits.${field}`];
			const guarded = protect(event, { hash: hashes ? path : [], drop: hashes ? [] : path });
			expect(JSON.stringify(guarded)).not.toContain(secret);
			expect(Object.hasOwn(guarded.traits, field)).toBe(hashes);
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
	['userId.first', 'hash', /no field of an event/],
	['traits', 'drop', /belongs to every event/],
	['email', 'hash', /no field of an event/],
	['messageId', 'hash', /no field of an event/],
	['', 'drop', /no field of an event/],
] as const)('the path %j, to %s', (path, use, fault) => {
	if (fault === undefined) expect(faultOfPath(path, use)).toBeUndefined();
	else expect(faultOfPath(path, use)).toMatch(fault);
});
