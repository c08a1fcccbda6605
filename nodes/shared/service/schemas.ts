import { z } from 'zod/v4';

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
	for (const { path, message } of error?.issues ?? []) {
		context.addIssue({ code: 'custom', path: [...at, ...path], message: instead ?? message });
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
		.refine((id) => id !== '.' && id !== '..', 'An ID of dots alone cannot be part of an address')
		.refine((id) => !/\p{Surrogate}/u.test(id), 'An ID with half of an emoji cannot be part of an address');
}
