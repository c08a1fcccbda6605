import { z, type ZodError, type ZodType } from 'zod/v4';
import { isBlank, text } from '../event';

/** Where a part is within the value being checked, and what to say instead of the part's own messages. */
interface Part {
	at?: string[];
	instead?: string;
}

/**
 * Checks a part of a record by a schema that depends on the record, such as that of its type.
 * @returns the part as the schema transforms it
 */
export function checkPart<T>(
	context: z.RefinementCtx,
	schema: z.ZodType<T>,
	value: unknown,
	{ at = [], instead }: Part = {},
): T | undefined {
	const { data, error } = schema.safeParse(value);
	for (const issue of error?.issues ?? []) {
		const params = issue.code === 'custom' ? issue.params : undefined;
		context.addIssue({
			code: 'custom',
			path: [...at, ...issue.path],
			message: instead ?? issue.message,
			...(params === undefined ? {} : { params }),
		});
	}
	return data;
}

/** Checks the values whose names have a schema. All other names are allowed. */
export function checkNamed(
	context: z.RefinementCtx,
	schemas: Record<string, z.ZodType>,
	values: Record<string, unknown>,
): Record<string, unknown> {
	const named = Object.entries(schemas)
		.filter(([name]) => Object.hasOwn(values, name))
		.map(([name, schema]) => [name, checkPart(context, schema, values[name], { at: [name] })]);
	return { ...values, ...Object.fromEntries(named) };
}

/** The schema of an ID that becomes part of a URL path. Rejects `.` and `..`, which lead to another address. */
export function pathPart(missing: string) {
	return z
		.string(missing)
		.trim()
		.min(1, missing)
		.refine(
			(id) => id !== '.' && id !== '..',
			"An ID can't consist only of dots, because it is part of a URL",
		)
		.refine(
			(id) => !/\p{Surrogate}/u.test(id),
			"An ID can't contain an incomplete emoji, because it is part of a URL",
		);
}

/** The schema of text or an ID: trims it, and makes text of a number. */
export function textual<T>(schema: ZodType<T>): ZodType<T> {
	return z.preprocess((value) => {
		if (typeof value === 'string') return value.trim();
		return typeof value === 'number' ? (text(value) ?? value) : value;
	}, schema);
}

/**
 * Makes a value optional: null and blank text count as missing, and a value that the schema rejects is left out with a
 * warning. Not for what says who is meant or what to pay: without it, the record would mean something else.
 * @param blank what blank text becomes
 */
export function ifUsable<T>(schema: ZodType<T>, blank?: T): ZodType<T | undefined> {
	return z
		.unknown()
		.transform((value, context) => {
			if (isBlank(value)) return typeof value === 'string' ? blank : undefined;
			const { success, data, error } = schema.safeParse(value);
			if (success) return data;
			const vital = error.issues.find((issue) => !isUnusable(issue));
			// Without what can't be used within it, the rest can be.
			if (vital === undefined) return checkPart(context, schema, value);
			context.addIssue({ code: 'custom', message: vital.message, params: { isUnusable: true } });
			return undefined;
		})
		.optional();
}

/** Makes a value optional: null and blank text count as missing. A value that the schema rejects isn't left out. */
export function ifFilledIn<T>(schema: ZodType<T>): ZodType<T | undefined> {
	return z.preprocess((value) => (isBlank(value) ? undefined : value), schema.optional());
}

/** Makes a list optional, and each of its values. */
export function usableValues<T>(schema: ZodType<T>): ZodType<T[] | undefined> {
	return z
		.array(ifUsable(schema))
		.transform((list) => list.filter((value) => value !== undefined))
		.transform((list) => (list.length === 0 ? undefined : list))
		.optional();
}

/** Whether a broken rule is that of an optional value, which can be left out. */
export function isUnusable(issue: ZodError['issues'][number]): boolean {
	return issue.code === 'custom' && issue.params?.isUnusable === true;
}
