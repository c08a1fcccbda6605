import type { INodeProperties } from 'n8n-workflow';
import { pick } from 'lodash';
import { z, type ZodType } from 'zod/v4';
import type { CanonicalEvent } from '../event';
import type { Fields } from '../parameters';
import type { MappedRecord, MappingContext, RecordForm } from './definition';

/**
 * One key of a record, declared once: how the form shows it, how it is read from the form and from an event,
 * and which values the service accepts. `fields.ts` has the usual kinds; write a `Field` by hand for others.
 */
export interface Field<Value = unknown> {
	/** What the form shows. A key that users don't fill in has no properties. */
	properties: readonly INodeProperties[];
	/** The parameter that error messages name for this key. */
	name?: string;
	schema: ZodType<Value>;
	/** Reads the form. Doesn't judge: missing and wrong values are for the schema to reject. */
	read(fields: Fields, context: MappingContext): unknown;
	/** Maps an event. Without it, events have no such value. */
	from?(event: CanonicalEvent, context: MappingContext): unknown;
	/** Whether it is an ID, such as that of a person, or a list of IDs. */
	identifies?: true;
	/** Whether both mapping modes show it. It is then read from the form in both. */
	isSetting?: true;
}

export type FieldsOf<R> = { [K in keyof R]: Field<R[K]> };

export interface RecordOptions<R> extends Pick<RecordForm<R & object>, 'skips' | 'files' | 'maxBytes'> {
	/** Keys of which at least one must have a value, and the message of a record without. */
	atLeastOne?: { of: ReadonlyArray<keyof R>; message: string };
	/** The order of the form's fields, where it differs from that of the record. */
	formOrder?: ReadonlyArray<keyof R>;
	/** Properties at the end of the form that don't belong to one key, such as notices and collections. */
	moreProperties?: readonly INodeProperties[];
}

/**
 * Builds a record from its fields. Their order is the order of keys in the JSON that is sent.
 * The operation maps events if at least one field has `from`.
 */
export function record<R extends Record<string, unknown>>(
	fields: FieldsOf<R>,
	{ atLeastOne, formOrder, moreProperties = [], ...options }: RecordOptions<R> = {},
): RecordForm<R> {
	const entries = Object.entries(fields) as Array<[string, Field]>;
	const inForm = (formOrder ?? Object.keys(fields)).map((key) => fields[key] as Field);
	const propertiesOf = (isSetting: boolean) =>
		inForm
			.filter((field) => (field.isSetting === true) === isSetting)
			.flatMap(({ properties }) => properties);
	const map = (value: (field: Field) => unknown) =>
		Object.fromEntries(entries.map(([key, field]) => [key, value(field)])) as MappedRecord<R>;
	const identifying = entries.filter(([, { identifies }]) => identifies === true).map(([key]) => key);
	const schema = z.object(Object.fromEntries(entries.map(([key, each]) => [key, each.schema])));
	return {
		...options,
		settings: propertiesOf(true),
		properties: [...propertiesOf(false), ...moreProperties],
		schema: (atLeastOne === undefined ? schema : withOneOf(atLeastOne, schema)) as ZodType as ZodType<R>,
		parameterNames: Object.fromEntries(
			entries.flatMap(([key, { name }]) => (name === undefined ? [] : [[key, name]])),
		),
		...(identifying.length === 0 ? {} : { idsIn: (record: R) => pick(record, identifying) }),
		fromFields: (values, context) => map((field) => field.read(values, context)),
		...(inForm.some(({ from }) => from !== undefined)
			? {
					fromEvent: (event, context) =>
						map((field) =>
							field.isSetting === true ? field.read(context.settings, context) : field.from?.(event, context),
						),
				}
			: {}),
	};
}

function withOneOf({ of, message }: { of: readonly PropertyKey[]; message: string }, schema: z.ZodObject) {
	return schema.refine((values) => of.some((key) => values[String(key)] !== undefined), message);
}

/** The type of the record that a form describes. */
export type RecordOf<Form> = Form extends RecordForm<infer R> ? R : never;
