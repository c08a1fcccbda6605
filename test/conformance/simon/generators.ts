import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { id, properties } from '../generators';
import { eventSchemas, identifySchema, trackSchema, type Schema } from './published-schema';

/** Texts that a form accepts as text. One that starts with `=` would be an expression. */
const text = id.filter((each) => !each.startsWith('='));

/** Values that a part of the description allows. Optional ones may be missing. */
export function valid(schema: Schema): fc.Arbitrary<unknown> {
	const { type, maxLength = 60 } = schema;
	if (schema.const !== undefined) return fc.constant(schema.const);
	switch (type) {
		case 'string':
			return text.filter((each) => [...each].length <= maxLength);
		case 'number':
			return fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.constantFrom(0.5, 19.99));
		case 'integer':
			return fc.integer();
		case 'boolean':
			return fc.boolean();
		case 'array':
			return fc.array(valid(schema.items ?? {}), { maxLength: 3 });
		case 'object':
			return schema.properties === undefined ? properties : validObject(schema);
		default:
			throw new Error(`The description has no type '${String(type)}'`);
	}
}

export function validObject({ properties: fields = {}, required = [] }: Schema): fc.Arbitrary<IDataObject> {
	const arbitraries = Object.fromEntries(Object.entries(fields).map(([name, each]) => [name, valid(each)]));
	return fc.record(arbitraries, {
		requiredKeys: [...required],
		noNullPrototype: true,
	}) as fc.Arbitrary<IDataObject>;
}

/** A complete valid body of any type, with its keys. */
export const validBody: fc.Arbitrary<IDataObject> = fc
	.constantFrom(...Object.keys(eventSchemas), 'identify')
	.chain((event) => {
		if (event === 'identify') return validObject(identifySchema);
		const { properties: fields = {} } = trackSchema;
		const ofEvent = { ...fields, event: { const: event }, properties: eventSchemas[event] ?? {} };
		return validObject({ ...trackSchema, properties: ofEvent });
	});

const anyValue = fc.oneof(
	fc.constantFrom<unknown>(null, '', 42, -1, 0.5, true, 'text', 'a/b/c', 'identify', 'custom', 'cart'),
	fc.constantFrom<unknown>([], [{}], {}, { productId: '1' }, { url: 1 }, 'x'.repeat(39), '😀'.repeat(38)),
	fc.jsonValue({ maxDepth: 1 }),
);

type Change = { remove: true } | { remove: false; value: unknown };

const change: fc.Arbitrary<Change> = fc.oneof(
	fc.constant<Change>({ remove: true }),
	anyValue.map((value): Change => ({ remove: false, value })),
);

/** A body in which something may be missing or replaced by any value. */
export const anyBody: fc.Arbitrary<IDataObject> = fc
	.tuple(validBody, fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 2 }))
	.map(([body, changes]) =>
		changes.reduce((spoilt, [index, each]) => {
			const paths = pathsIn(spoilt);
			return changed(spoilt, paths[index % paths.length] ?? [], each) as IDataObject;
		}, body),
	);

/** Places that the description restricts. It says nothing about the contents of free objects. */
function pathsIn(value: unknown, above: readonly string[] = []): string[][] {
	if (typeof value !== 'object' || value === null || isFree(above)) return [];
	return Object.entries(value).flatMap(([key, inner]) => {
		const path = [...above, key];
		return [path, ...pathsIn(inner, path)];
	});
}

function isFree(path: readonly string[]): boolean {
	return path.length > 1 && path.at(-1) === 'properties';
}

function changed(value: unknown, [key, ...rest]: readonly string[], change: Change): unknown {
	if (key === undefined) return change.remove ? undefined : change.value;
	const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as IDataObject;
	const inner = changed(copy[key], rest, change);
	if (inner === undefined) delete copy[key];
	else copy[key] = inner as IDataObject;
	return Array.isArray(copy) ? copy.filter((each) => each !== undefined) : copy;
}
