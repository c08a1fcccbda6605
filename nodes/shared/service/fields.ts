import { isEqual, omit, sortBy } from 'lodash';
import { updateDisplayOptions, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';
import { z, type ZodType } from 'zod/v4';
import { asNamedEvent, isObject, parseTime, type CanonicalEvent } from '../event';
import { readName, readNumber } from '../parameters';
import type { MappingContext } from './definition';
import { keyValueFields, readKeyValues } from './form-values';
import type { Field, FieldsOf } from './record';
import { checkPart, ifFilledIn, ifUsable, textual } from './schemas';

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
	const { identifies, from, schema = textSchema(options), ...shown } = omit(options, 'missing', 'wrong');
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

type Shown = Pick<INodeProperties, 'displayName' | 'name' | 'placeholder' | 'description'>;

/** One of several values. */
export function choice<Value extends string>(
	shown: Shown & { options: ReadonlyArray<INodePropertyOptions & { value: Value }>; default: Value },
): Field<Value> {
	const values = shown.options.map(({ value }) => value);
	return {
		name: shown.name,
		properties: [{ ...shown, type: 'options', options: [...shown.options] }],
		schema: z.enum(
			values as [Value, ...Value[]],
			`'${shown.displayName}' must be one of ${values.join(', ')}`,
		),
		read: (fields) => fields(shown.name),
	};
}

/**
 * Any of several values.
 * @param whenEmpty `rejected`, for a field that users add to a collection: a request without it would reach more than they
 * want. `sent`, for a list that can be cleared. `missing`, for a field that is always in the form.
 */
export function choices<Value extends string>(
	shown: Shown & {
		options: readonly INodePropertyOptions[];
		values: readonly Value[];
		whenEmpty: WhenEmpty;
	},
): Field<Value[] | undefined> {
	const { options, values, whenEmpty, ...others } = shown;
	const wrong = `'${shown.displayName}' must be a list of ${values.join(', ')}`;
	return {
		name: shown.name,
		properties: [{ ...others, type: 'multiOptions', options: [...options], default: [] }],
		schema: z
			.array(z.enum(values as unknown as [Value, ...Value[]], wrong), wrong)
			.min(
				whenEmpty === 'rejected' ? 1 : 0,
				`Choose at least one of '${shown.displayName}', or remove the field`,
			)
			.optional(),
		read(fields) {
			const chosen = fields(shown.name);
			return whenEmpty === 'missing' && isEqual(chosen, []) ? undefined : chosen;
		},
	};
}

export type WhenEmpty = 'rejected' | 'sent' | 'missing';

/** Yes or no. */
export function flag(shown: Shown & { default: boolean }): Field<boolean | undefined> {
	return {
		name: shown.name,
		properties: [{ ...shown, type: 'boolean' }],
		schema: z.boolean(`'${shown.displayName}' must be true or false`).optional(),
		read: (fields) => fields(shown.name),
	};
}

/** A date and time, sent as ISO 8601. Without a time zone of its own, it is in that of the workflow. */
export function dateTime(shown: Shown): Field<string | undefined> {
	return {
		name: shown.name,
		properties: [{ ...shown, type: 'dateTime', default: '' }],
		schema: z.string(`'${shown.displayName}' must be a date and time`).optional(),
		read(fields, { timeZone }) {
			const value = fields(shown.name);
			if (value === undefined) return undefined;
			const time = parseTime(value, timeZone);
			return time === undefined ? null : new Date(time).toISOString();
		},
	};
}

/** The schema of text that is optional, but not empty where the user has added it. */
export function filled(empty: string) {
	return z.string(empty).min(1, empty).optional();
}

/**
 * Fields that users add to the form one by one, such as filters. A field that was added and whose expression finds
 * nothing is null, for its schema to reject: a request without a filter would concern more than the user wants.
 */
export function collection<R extends Record<string, unknown>>(
	shown: Shown,
	fields: FieldsOf<R>,
): FieldsOf<{ [K in keyof R]: R[K] | undefined }> {
	const entries = Object.entries(fields) as Array<[string, Field]>;
	const options = entries.flatMap(([, { properties }]) => properties);
	const property: INodeProperties = {
		...shown,
		type: 'collection',
		default: {},
		options: sortBy(options, ({ displayName }) => displayName.toLowerCase()).map((option) =>
			omit(option, 'required'),
		),
	};
	const within = ([key, field]: [string, Field], index: number): [string, Field] => [
		key,
		{
			...field,
			properties: index === 0 ? [property] : [],
			schema: unlessMissing(field.schema),
			read: (values, context) =>
				field.read((name) => {
					const added = values(shown.name);
					return isObject(added) && name in added ? (added[name] ?? null) : undefined;
				}, context),
		},
	];
	return Object.fromEntries(entries.map(within)) as FieldsOf<R>;
}

/** A field that the form shows, and that is read, only for some values of another one. */
export function shownFor<Value>(
	field: Field<Value>,
	other: string,
	values: readonly string[],
): Field<Value | undefined> {
	const show = { [other]: [...values] };
	/** Null for a field that is shown and empty. */
	const orNull = z.preprocess((value) => value ?? undefined, field.schema);
	return {
		...field,
		properties: updateDisplayOptions({ show }, [...field.properties]),
		schema: unlessMissing(orNull),
		read: (fields, context) =>
			values.includes(String(fields(other))) ? (field.read(fields, context) ?? null) : undefined,
	};
}

/** The schema of a field that isn't in the form at the moment. */
function unlessMissing<Value>(schema: ZodType<Value>): ZodType<Value | undefined> {
	return z
		.unknown()
		.transform((value, context) => (value === undefined ? undefined : checkPart(context, schema, value)));
}
