import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { field, record } from '../../../nodes/shared';
import type { CanonicalEvent } from '../../../nodes/shared/event';
import type { Fields } from '../../../nodes/shared/parameters';
import type { MappingContext } from '../../../nodes/shared/service/definition';
import { numeric } from '../../../nodes/shared/service/fields';
import { accept, minimal } from '../event/helpers';
import { contextWith } from './helpers';

const filledIn =
	(values: Record<string, unknown>): Fields =>
	(name) =>
		values[name];
const event = accept({ ...minimal.track, properties: { plan: 'pro' } }) as CanonicalEvent;

const who = field.text({ displayName: 'Who', name: 'person', missing: 'Who is missing', from: () => 'u1' });
const note = field.text({ displayName: 'Note', name: 'note', wrong: 'The note must be text' });
const level = field.setting(
	field.text({ displayName: 'Level', name: 'level', missing: 'The level is missing' }),
);
const project = field.computed(z.string('No project'), ({ account }) => account.project);
const notice: INodeProperties = { displayName: 'Notice', name: 'notice', type: 'notice', default: '' };

describe('a record of declared fields', () => {
	const form = record({ who, level, note, project }, { moreProperties: [notice], maxBytes: 7 });
	const namesOf = (properties: INodeProperties[] = []) => properties.map(({ name }) => name);

	test('shows settings in every mode, the other fields and further properties below', () => {
		expect(namesOf(form.settings)).toEqual(['level']);
		expect(namesOf(form.properties)).toEqual(['person', 'note', 'notice']);
	});

	test('can show its fields in another order', () => {
		const other = record({ who, level, note, project }, { formOrder: ['note', 'who', 'level'] });
		expect(namesOf(other.properties)).toEqual(['note', 'person']);
		expect(namesOf(other.settings)).toEqual(['level']);
	});

	test('keeps the options that it does not use itself', () => {
		expect(form.maxBytes).toBe(7);
	});

	test('knows the parameter of each key that has one', () => {
		expect(form.parameterNames).toEqual({ who: 'person', level: 'level', note: 'note' });
	});

	test('reads the form in the order of the keys', () => {
		const values = filledIn({ person: 'u2', level: 'high', note: 'Hi' });
		const mapped = form.fromFields(values, contextWith());
		expect(JSON.stringify(mapped)).toBe('{"who":"u2","level":"high","note":"Hi","project":"p1"}');
	});

	test('maps an event, and reads its settings from the form', () => {
		const context = contextWith({ settings: filledIn({ level: 'high', note: 'Hi' }) });
		expect(form.fromEvent?.(event, context)).toEqual({
			who: 'u1',
			level: 'high',
			note: undefined,
			project: 'p1',
		});
	});

	test('maps no events when no field comes from one', () => {
		expect(record({ level, note })).not.toHaveProperty('fromEvent');
	});

	test('is checked by the rules of its fields', () => {
		expect(form.schema.safeParse({ who: 'u1', level: 'high', project: 'p1' })).toMatchObject({
			success: true,
		});
		const { error } = form.schema.safeParse({ who: ' ', note: {} });
		expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
			['who', 'Who is missing'],
			['level', 'The level is missing'],
			['note', 'The note must be text'],
			['project', 'No project'],
		]);
	});
});

describe('a text field', () => {
	test('is marked as required when an empty one is rejected', () => {
		expect(who.properties).toEqual([
			{ displayName: 'Who', name: 'person', type: 'string', default: '', required: true },
		]);
	});

	test('is not marked as required when it may be empty', () => {
		expect(note.properties).toEqual([{ displayName: 'Note', name: 'note', type: 'string', default: '' }]);
	});

	test('with a schema of its own is required if that rejects an empty one', () => {
		const optional = field.text({ displayName: 'A', name: 'a', schema: z.string().optional() });
		const required = field.text({ displayName: 'A', name: 'a', schema: z.string() });
		expect(optional.properties[0]).not.toHaveProperty('required');
		expect(required.properties[0]).toHaveProperty('required', true);
	});

	test('has no value from events unless it says so', () => {
		expect(note).not.toHaveProperty('from');
		expect(who.from?.(event, contextWith())).toBe('u1');
	});

	test('accepts text of one character, and trims it', () => {
		expect(who.schema.parse(' x ')).toBe('x');
		expect(note.schema.parse(' x ')).toBe('x');
	});

	test('makes text of a number', () => {
		expect([who.schema.parse(5), note.schema.parse(5)]).toEqual(['5', '5']);
	});

	test.each([[undefined], [null], [''], [' ']])('that is optional is left out if it is %j', (value) => {
		expect(note.schema.parse(value)).toBeUndefined();
	});

	test('that is optional gives what the form holds to its schema, so that both mapping modes judge alike', () => {
		expect(note.read(filledIn({ note: { a: 1 } }), contextWith())).toEqual({ a: 1 });
	});
});

describe('an event name field', () => {
	const name = field.eventName({ displayName: 'Name', name: 'eventName' });

	test('has the format that the user chose, from the form and from events', () => {
		expect(name.read(filledIn({ eventName: 'Order Completed' }), contextWith())).toBe('order-completed');
		expect(name.from?.(event, contextWith())).toBe('order-completed');
		expect(name.read(filledIn({}), contextWith())).toBeUndefined();
	});

	test('has a message for a missing name, or a default one', () => {
		const own = field.eventName({ displayName: 'Name', name: 'eventName', missing: 'Name it' });
		expect(own.schema.safeParse('').error?.issues[0]?.message).toBe('Name it');
		expect(name.schema.safeParse('').error?.issues[0]?.message).toMatch(/name/);
	});
});

describe('a field of keys and values', () => {
	const options = { displayName: 'Data', name: 'data', description: 'More', example: '{"a": 1}' };
	const stored = filledIn({ dataInput: 'json', dataJson: '{"a":1}' });

	test('is read from the form, and from an event if it says so', () => {
		expect(field.keyValues(options).read(stored, contextWith())).toEqual({ a: 1 });
		expect(field.keyValues(options)).not.toHaveProperty('from');
		const mapped = field.keyValues({ ...options, from: () => ({ b: 2 }) });
		expect(mapped.from?.(event, contextWith())).toEqual({ b: 2 });
	});

	test('is converted the same way from both', () => {
		const as = (values: Record<string, unknown>, { messageId }: MappingContext) => ({ ...values, messageId });
		const converted = field.keyValues({ ...options, as, from: () => ({ b: 2 }) });
		expect(converted.read(stored, contextWith())).toEqual({ a: 1, messageId: 'm-1' });
		expect(converted.from?.(event, contextWith())).toEqual({ b: 2, messageId: 'm-1' });
	});

	test('leaves JSON that is no object for the schema to reject', () => {
		const as = () => ({ converted: true });
		const converted = field.keyValues({ ...options, as, wrong: 'Data must be an object' });
		const value = converted.read(filledIn({ dataInput: 'json', dataJson: '[1]' }), contextWith());
		expect(value).toEqual([1]);
		expect(converted.schema.safeParse(value).error?.issues[0]?.message).toBe('Data must be an object');
	});

	test('can have a schema of its own', () => {
		const own = field.keyValues({ ...options, schema: z.object({ a: z.number() }) });
		expect(own.schema.safeParse({}).success).toBe(false);
	});
});

test('a computed field has the same value in both modes and no properties', () => {
	expect(project).toMatchObject({ isSetting: true, properties: [] });
	expect(project.read(filledIn({}), contextWith())).toBe('p1');
});

test('a numeric value may be text', () => {
	expect(numeric('Not a number').parse(' 4.5 ')).toBe(4.5);
	expect(numeric('Not a number').safeParse('many').error?.issues[0]?.message).toBe('Not a number');
});
