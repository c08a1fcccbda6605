import { jsonParse, setSafeObjectProperty, validateFieldType, type INodeProperties } from 'n8n-workflow';
import { asShown, datesToSend, isGiven, isObject, parseTime } from '../event';
import type { Fields } from '../parameters';
import type { MappingContext } from './definition';

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

/** Reads what `keyValueFields` shows. Returns invalid JSON as its text, for the schema to reject. */
export function readKeyValues(fields: Fields, name: string): unknown {
	if (fields(`${name}Input`) === 'json') return readJson(fields(`${name}Json`));
	const values: Record<string, unknown> = {};
	const collection = fields(name);
	const assignments =
		isObject(collection) && Array.isArray(collection.assignments) ? collection.assignments : [];
	for (const assignment of assignments as Assignment[]) {
		setSafeObjectProperty(values, assignment.name, typedValue(assignment));
	}
	return values;
}

/** Reads a JSON parameter. An expression can also return the object itself. */
export function readJson(json: unknown): unknown {
	return typeof json === 'string' ? jsonParse(json === '' ? '{}' : json, { fallbackValue: json }) : json;
}

interface Assignment {
	name: string;
	value: unknown;
	type?: string;
}

/** Converts a value to the type chosen for it. The editor stores lists and objects as text. */
function typedValue({ name, value, type = 'any' }: Assignment): unknown {
	if (!isConvertible(type)) return value;
	if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
	const result = validateFieldType(name, value, type);
	if (result.valid) return result.newValue ?? value;
	throw new Error(`'${name}' is not of the type that was chosen for it: ${type}`);
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
 * @param label the field's, for the warning
 */
export function timeOrNow(value: unknown, label: string, { timeZone, warn }: MappingContext): number {
	const time = parseTime(value, timeZone);
	if (time !== undefined) return time;
	if (isGiven(value)) {
		const message = `'${label}' became the time of this run, because ${asShown(value)} can't be read as a date. ${datesToSend}`;
		warn({ path: label, code: 'unreadable_time', message });
	}
	return Date.now();
}
