import { startCase } from 'lodash';
import { setSafeObjectProperty, validateFieldType, type INodeProperties } from 'n8n-workflow';
import { asShown, datesToSend, isBlank, isGiven, isObject, parseTime } from '../event';
import type { Fields } from '../parameters';
import type { MappingContext } from './definition';
import { readJson } from './read-json';

/** The parameters for an object of any names: typed fields, or JSON. */
export function keyValueFields(options: {
	name: string;
	displayName: string;
	description: string;
	example: string;
}): INodeProperties[] {
	const { name, displayName, description, example } = options;
	return [
		{
			displayName: `Specify ${displayName}`,
			name: `${name}Input`,
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Using Fields Below', value: 'fields' },
				{ name: 'Using JSON', value: 'json' },
			],
			default: 'fields',
		},
		{
			displayName,
			name,
			type: 'assignmentCollection',
			default: {},
			description,
			displayOptions: { show: { [`${name}Input`]: ['fields'] } },
		},
		{
			displayName,
			name: `${name}Json`,
			type: 'json',
			default: '{}',
			placeholder: `e.g. ${example}`,
			description,
			displayOptions: { show: { [`${name}Input`]: ['json'] } },
		},
	];
}

/** Reads what `keyValueFields` shows. Throws if it is JSON and broken. */
export function readKeyValues(fields: Fields, name: string): unknown {
	if (fields(`${name}Input`) === 'json') return readJsonField(fields, name) ?? {};
	const values: Record<string, unknown> = {};
	const collection = fields(name);
	const assignments =
		isObject(collection) && Array.isArray(collection.assignments) ? collection.assignments : [];
	for (const assignment of assignments as Assignment[]) {
		setSafeObjectProperty(values, assignment.name, typedValue(assignment));
	}
	return values;
}

/** Reads the JSON of a value that can also be specified in fields. Its parameters are called like their labels. */
export function readJsonField(fields: Fields, name: string): unknown {
	const label = startCase(name);
	return readJson(fields(`${name}Json`), label, `set 'Specify ${label}' to 'Using Fields Below'`);
}

interface Assignment {
	name: string;
	value: unknown;
	type?: string;
}

/**
 * Converts a value to the type chosen for it. The editor stores lists and objects as text. An expression that finds
 * nothing may give blank text, which n8n would convert to 0 or false.
 */
function typedValue({ name, value, type = 'any' }: Assignment): unknown {
	if (!isConvertible(type)) return value;
	if (type !== 'string' && typeof value === 'string' && isBlank(value)) return undefined;
	if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
	const result = validateFieldType(name, value, type);
	// n8n would convert a list to a number or a boolean: an empty one to 0 or false.
	const isListForOne = Array.isArray(value) && (type === 'number' || type === 'boolean');
	if (result.valid && !isListForOne) return result.newValue ?? value;
	throw new Error(`'${name}' doesn't match the type that you chose: ${type} (found ${asShown(value)})`);
}

const convertibleTypes = ['string', 'number', 'boolean', 'array', 'object'] as const;

function isConvertible(type: string): type is (typeof convertibleTypes)[number] {
	return (convertibleTypes as readonly string[]).includes(type);
}

/** Returns one value or a list as a list. */
export function asList(value: unknown): unknown[] {
	if (Array.isArray(value)) return value as unknown[];
	return isGiven(value) ? [value] : [];
}

/** Returns the entries that the user added to a collection, in order. */
export function entriesOf(collection: unknown, name: string): Array<Record<string, unknown>> {
	return isObject(collection) ? asList(collection[name]).filter(isObject) : [];
}

/**
 * Reads when something happened, in epoch milliseconds: now, if the field is empty or its value isn't a date.
 * @param path of the value in the record. The field is called like it.
 */
export function timeOrNow(value: unknown, path: string, { timeZone, warn }: MappingContext): number {
	const time = parseTime(value, timeZone);
	if (time !== undefined) return time;
	if (!isBlank(value)) {
		const message = `'${startCase(path)}' was set to the time of this run, because ${asShown(value)} can't be read as a date. ${datesToSend}`;
		warn({ path, code: 'unreadable_time', message });
	}
	return Date.now();
}
