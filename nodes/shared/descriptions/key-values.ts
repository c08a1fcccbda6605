import { jsonParse, setSafeObjectProperty, validateFieldType, type INodeProperties } from 'n8n-workflow';
import { isObject } from '../event';
import type { Fields } from '../delivery';

/** A pair of parameters for an object: typed values dropped in one by one, or JSON. */
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

/** Reads what `keyValueFields` offers. JSON that does not parse is returned as its text, for a schema to refuse. */
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

/** The value of a JSON field; an expression may also give the object itself. */
export function readJson(json: unknown): unknown {
	return typeof json === 'string' ? jsonParse(json === '' ? '{}' : json, { fallbackValue: json }) : json;
}

interface Assignment {
	name: string;
	value: unknown;
	type?: string;
}

/** The editor keeps lists and objects as text, and an expression may give a number as one. */
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
