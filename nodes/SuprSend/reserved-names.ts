import { omit } from 'lodash';
import { z } from 'zod/v4';
import { checkNamed } from '../shared/delivery';
import type { Warning } from '../shared/event';

/** SuprSend keeps names that start like this for itself. */
const reserved = /^(?:\$|ss_)/i;

export function isReserved(name: string): boolean {
	return reserved.test(name);
}

/**
 * For values that come with an event: SDKs put names of their own among them, such as PostHog's `$lib`, and the
 * event is worth more than those.
 * @param own names of SuprSend's own that may stay
 */
export function withoutReserved(
	values: Record<string, unknown>,
	own: readonly string[],
): { kept: Record<string, unknown>; warnings: Warning[] } {
	const left = Object.keys(values).filter((name) => isReserved(name) && !own.includes(name));
	const warnings = left.map((name) => ({
		path: name,
		code: 'reserved_name',
		message: `'${name}' was left out: names that start with $ or ss_ are reserved by SuprSend.`,
	}));
	return { kept: left.length === 0 ? values : omit(values, left), warnings };
}

/**
 * An object whose keys are free names.
 * @param what as users know it, e.g. `Properties`
 * @param own names of SuprSend's own that may be among them, with what each has to hold
 */
export function freeNames(what: string, own: Record<string, z.ZodType> = {}) {
	return z
		.record(z.string(), z.unknown(), `${what} must be an object, e.g. {"amount": 10}`)
		.transform((values, context) => {
			for (const name of Object.keys(values)) {
				if (!isReserved(name) || Object.hasOwn(own, name)) continue;
				const message = 'Property names starting with $ or ss_ are reserved by SuprSend';
				context.addIssue({ code: 'custom', path: [name], message });
			}
			return checkNamed(context, own, values);
		});
}
