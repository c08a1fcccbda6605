import type { z } from 'zod/v4';

/** Where a part is in what is judged, and what to say in place of the part's own rules. */
interface Part {
	at?: string[];
	instead?: string;
}

/**
 * Has a part of a record judged by a schema that only the record itself can name, such as that of its type.
 * @returns what the schema makes of it, so that what goes out is what was judged
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

/** The same for those values of an object whose names have a schema; the others are free. */
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
