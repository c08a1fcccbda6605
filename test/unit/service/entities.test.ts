import type { OperationResult } from '../../../nodes/shared/service/definition';
import { entitiesIn, entityFields, readView } from '../../../nodes/shared/service/entities';
import { listOf } from '../../../nodes/shared/service/operations';

const list: OperationResult = { entity: { isList: true }, items: listOf };
const wide: OperationResult = { entity: { simplified: ['id', 'name', 'email'] } };
const named = (result?: OperationResult) => entityFields(result).map(({ name }) => name);

test.each<[string, OperationResult | undefined, string[]]>([
	['no result', undefined, []],
	['a result', {}, []],
	['an entity', { entity: {} }, []],
	['an entity of many fields', wide, ['simplify']],
	['a list', list, ['returnAll', 'limit']],
])('the form has the fields for %s', (_, result, fields) => {
	expect(named(result)).toEqual(fields);
});

test('a list returns 50 and an entity is simplified, unless the user says otherwise', () => {
	const defaults = Object.fromEntries(
		[...entityFields(list), ...entityFields(wide)].map((field) => [field.name, field.default]),
	);
	expect(defaults).toEqual({ returnAll: false, limit: 50, simplify: true });
	expect(readView(list, (name) => defaults[name])).toEqual({ limit: 50, isSimplified: false });
	expect(readView(wide, (name) => defaults[name])).toEqual({ limit: Infinity, isSimplified: true });
});

test('reads no fields that the form does not have', () => {
	const fields = (name: string) => {
		throw new Error(name);
	};
	expect(readView({}, fields)).toBeUndefined();
	expect(readView({ entity: {} }, fields)).toEqual({ limit: Infinity, isSimplified: false });
});

const limited = (limit: unknown, returnAll = false) =>
	readView(list, (name) => (name === 'limit' ? limit : returnAll))?.limit;

test('reads the limit, also from text', () => {
	expect([limited(3), limited('3'), limited(3, true)]).toEqual([3, 3, Infinity]);
});

test.each([[0], [-1], [1.5], [''], ['many'], [null]])('rejects the limit %p', (limit) => {
	expect(() => limited(limit)).toThrow("'Limit' must be a whole number of at least 1");
});

test('returns up to the limit of a list', () => {
	const of = (limit: number) => entitiesIn([1, 2, 3], list, { limit, isSimplified: false }).entities;
	expect([of(2), of(3), of(Infinity)]).toEqual([
		[1, 2],
		[1, 2, 3],
		[1, 2, 3],
	]);
});

test('keeps the fields of a simplified entity that it has, in order', () => {
	const body = { email: 'e', id: 1, other: 2 };
	const of = (isSimplified: boolean) => entitiesIn(body, wide, { limit: Infinity, isSimplified }).entities;
	expect([of(true), of(false)]).toEqual([[{ id: 1, email: 'e' }], [body]]);
	expect(Object.keys(of(true)[0] as object)).toEqual(['id', 'email']);
});

test('leaves what is no object as it is', () => {
	expect(entitiesIn('text', wide, { limit: Infinity, isSimplified: true }).entities).toEqual(['text']);
});

test('warns only if all were asked for and one request may not have returned them', () => {
	const part: OperationResult = { ...list, entity: { isList: true, mostInOneRequest: 2 } };
	const codes = (body: unknown[], limit: number) =>
		entitiesIn(body, part, { limit, isSimplified: false }).warnings.map(({ code }) => code);
	expect([codes([1, 2], Infinity), codes([1], Infinity), codes([1, 2], 2)]).toEqual([
		['more_entries'],
		[],
		[],
	]);
});
