import { pickBy } from 'lodash';
import { jsonParse } from 'n8n-workflow';
import { isGiven, isObject, readNumber, text } from '../../shared';
import { cartItem, type Shape } from './event-types';
import { fields, type FieldName, type Kind } from './fields';

export type Values = Record<string, unknown>;

/** The contact's own values, for properties that the event doesn't have. */
export interface Person {
	userId?: unknown;
	email?: unknown;
}

interface ReadValues {
	values: Values;
	/** The names of values that the shape has no property for. */
	leftOut: string[];
}

/** Converts between text and numbers. Leaves other types for the schema to reject. */
const readers: Record<Kind, (value: unknown) => unknown> = {
	text: (value) => (typeof value === 'string' ? value.trim() : (text(value) ?? value)),
	number: readNumber,
	boolean: (value) => (value === 'true' ? true : value === 'false' ? false : value),
	object: (value) =>
		typeof value === 'string' ? jsonParse<unknown>(value, { fallbackValue: value }) : value,
	items: (value) => (Array.isArray(value) ? value.map(readItem) : value),
};

/**
 * Reads the documented properties of a shape, by Simon Data's own names or those of the Segment Spec. All other
 * values go to `properties`, if the shape has them.
 */
export function readValues(shape: Shape, given: Values, person: Person = {}): ReadValues {
	const names = [...shape.required, ...shape.optional];
	const taken = new Set<string>();
	const read = (name: FieldName) => {
		const { kind, aliases = [], person: known } = fields[name];
		const key = [name, ...aliases].find((each) => isGiven(given[each]));
		if (key !== undefined) taken.add(key);
		return readers[kind](key === undefined ? known && person[known] : given[key]);
	};
	const values = Object.fromEntries(names.map((name) => [name, read(name)]));
	const others = pickBy(given, (value, name) => !taken.has(name) && isGiven(value));
	if (!names.includes('properties')) return { values: pickBy(values, isGiven), leftOut: Object.keys(others) };
	const properties = withOthers(values.properties, others);
	return { values: pickBy({ ...values, properties }, isGiven), leftOut: [] };
}

function withOthers(properties: unknown, others: Values): unknown {
	if (isGiven(properties) && !isObject(properties)) return properties;
	const all = { ...others, ...(properties as Values | undefined) };
	return Object.keys(all).length === 0 ? undefined : all;
}

function readItem(item: unknown): unknown {
	return isObject(item) ? readValues(cartItem, item).values : item;
}
