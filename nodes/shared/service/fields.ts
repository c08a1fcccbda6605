import type { INodeProperties } from 'n8n-workflow';
import { z, type ZodType } from 'zod/v4';
import { asNamedEvent, isObject, type CanonicalEvent } from '../event';
import { readName, readNumber, readText } from '../parameters';
import type { MappingContext } from './definition';
import { keyValueFields, readKeyValues } from './form-values';
import type { Field } from './record';

type FromEvent = (event: CanonicalEvent, context: MappingContext) => unknown;

interface TextOptions extends Pick<INodeProperties, 'displayName' | 'name'> {
	placeholder?: string;
	description?: string;
	from?: FromEvent;
}

/**
 * Text. In the form, it is trimmed and a number becomes text. What it must be is one of: `missing`, the message of a required
 * field when it is empty; `wrong`, the message of an optional field when it isn't text; or a `schema`.
 */
export function text(options: TextOptions & { missing: string }): Field<string>;
export function text(options: TextOptions & { wrong: string }): Field<string | undefined>;
export function text<Value>(options: TextOptions & { schema: ZodType<Value> }): Field<Value>;
export function text(options: TextOptions & { missing?: string; wrong?: string; schema?: ZodType }): Field {
	const { missing, wrong, from, schema = textSchema(missing, wrong), ...shown } = options;
	const required = !schema.safeParse(undefined).success;
	return {
		name: shown.name,
		properties: [{ ...shown, type: 'string', default: '', ...(required ? { required } : {}) }],
		schema,
		read: (fields) => readText(fields, shown.name),
		...(from === undefined ? {} : { from }),
	};
}

function textSchema(missing: string | undefined, wrong: string | undefined): ZodType {
	return missing === undefined ? z.string(wrong).optional() : z.string(missing).trim().min(1, missing);
}

/** The event's name, in the format that the user chose. Every type of event has one. */
export function eventName(options: Omit<TextOptions, 'from'> & { missing?: string }): Field<string> {
	const { missing = 'The event needs a name', ...shown } = options;
	return {
		...text({ ...shown, missing }),
		read: (fields, { nameFormat }) => readName(fields, shown.name, nameFormat),
		from: (event, { nameFormat }) => nameFormat(asNamedEvent(event).name),
	};
}

/**
 * An object of any names, as typed fields or as JSON.
 * @param options `as` converts the object, from the form and from events alike; `wrong` is the message when it isn't one
 */
export function keyValues<Value extends Record<string, unknown> | undefined = Record<string, unknown>>(
	options: Parameters<typeof keyValueFields>[0] & {
		wrong?: string;
		from?: (event: CanonicalEvent) => Record<string, unknown>;
		as?: (values: Record<string, unknown>, context: MappingContext) => unknown;
		schema?: ZodType<Value>;
	},
): Field<Value> {
	const { wrong, from, as = (values) => values, schema, ...shown } = options;
	return {
		name: shown.name,
		properties: keyValueFields(shown),
		schema: schema ?? (z.record(z.string(), z.unknown(), wrong) as unknown as ZodType<Value>),
		read(fields, context) {
			const values = readKeyValues(fields, shown.name);
			return isObject(values) ? as(values, context) : values;
		},
		...(from === undefined ? {} : { from: (event, context) => as(from(event), context) }),
	};
}

/** The schema of a number that may also arrive as text. */
export function numeric(wrong: string) {
	return z.preprocess(readNumber, z.number(wrong));
}

/** A key that users don't fill in. It has the same value in both mapping modes. */
export function computed<Value>(
	schema: ZodType<Value>,
	read: (context: MappingContext) => unknown,
): Field<Value> {
	return setting({ properties: [], schema, read: (_, context) => read(context) });
}

/** A field that both mapping modes show. */
export function setting<Value>(field: Field<Value>): Field<Value> {
	return { ...field, isSetting: true };
}
