import { z } from 'zod/v4';

/** SuprSend keeps names that start like this for itself. */
const reserved = /^(?:\$|ss_)/i;

export function isReserved(name: string): boolean {
	return reserved.test(name);
}

/**
 * An object whose keys are free names.
 * @param what as users know it, e.g. `Properties`
 * @param own names of SuprSend's own that may be among them, with what each has to hold
 */
export function freeNames(what: string, own: Record<string, z.ZodType> = {}) {
	return z
		.record(z.string(), z.unknown(), `${what} must be an object, e.g. {"amount": 10}`)
		.superRefine((values, context) => {
			for (const [name, value] of Object.entries(values)) {
				const schema = Object.hasOwn(own, name) ? own[name] : undefined;
				if (schema !== undefined) addIssues(context, name, schema, value);
				else if (isReserved(name)) {
					const message = 'Property names starting with $ or ss_ are reserved by SuprSend';
					context.addIssue({ code: 'custom', path: [name], message });
				}
			}
		});
}

function addIssues(context: z.RefinementCtx, name: string, schema: z.ZodType, value: unknown): void {
	for (const { path, message } of schema.safeParse(value).error?.issues ?? []) {
		context.addIssue({ code: 'custom', path: [name, ...path], message });
	}
}
