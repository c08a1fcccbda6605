import type { INodeProperties } from 'n8n-workflow';
import { z, type ZodType } from 'zod/v4';
import { asNamedEvent, isObject, type CanonicalEvent } from '../event';
import { readName, readNumber } from '../parameters';
import type { MappingContext } from './definition';
import { keyValueFields, readKeyValues } from './form-values';
import type { Field } from './record';
import { ifFilledIn, ifUsable, textual } from './schemas';

type FromEvent = (event: CanonicalEvent, context: MappingContext) => unknown;

interface TextOptions extends Pick<INodeProperties, 'displayName' | 'name'> {
	placeholder?: string;
	description?: string;
	/** Whether it says which person is meant. If it can't be used, the record is rejected, even if it is optional. */
	identifies?: true;
	from?: FromEvent;
}

/**
 * Text. It is trimmed, and a number becomes text. What it must be is one of: `missing`, the message of a required field
 * when it is empty; `wrong`, why an optional field is left out when it isn't text; or a `schema`.
 */
export function text(options: TextOptions & { missing: string }): Field<string>;
export function text(options: TextOptions & { wrong: string }): Field<string | undefined>;
export function text<Value>(options: TextOptions & { schema: ZodType<Value> }): Field<Value>;
export function text(options: TextOptions & { missing?: string; wrong?: string; schema?: ZodType }): Field {
	const { missing, wrong, identifies, from, schema = textSchema(options), ...shown } = options;
	const required = !schema.safeParse(undefined).success;
	return {
		name: shown.name,
		properties: [{ ...shown, type: 'string', default: '', ...(required ? { required } : {}) }],
		schema: textual(schema),
		read: (fields) => fields(shown.name),
		...(identifies === undefined ? {} : { identifies }),
		...(from === undefined ? {} : { from }),
	};
}

function textSchema({ missing, wrong, identifies }: { missing?: string; wrong?: string; identifies?: true }) {
	if (missing !== undefined) return z.string(missing).min(1, missing);
	const schema = textual(z.string(wrong));
	return identifies === undefined ? ifUsable(schema) : ifFilledIn(schema);
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
