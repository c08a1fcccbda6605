import { omit } from 'lodash';
import { z } from 'zod/v4';
import { checkNamed, type MappingContext } from '../shared';

/** SuprSend reserves names that start like this. */
const reserved = /^(?:\$|ss_)/i;

export function isReserved(name: string): boolean {
	return reserved.test(name);
}

/**
 * Drops reserved names from an event's values, with a warning. SDKs add names such as PostHog's `$lib`, and they
 * are no reason to reject the event.
 * @param own SuprSend's own names that stay
 */
export function withoutReserved(
	values: Record<string, unknown>,
	own: readonly string[],
	{ warn }: MappingContext,
): Record<string, unknown> {
	const dropped = Object.keys(values).filter((name) => isReserved(name) && !own.includes(name));
	for (const name of dropped) {
		const message = `'${name}' was left out because SuprSend reserves names that start with $ or ss_.`;
		warn({ path: `properties.${name}`, code: 'reserved_name', message });
	}
	return dropped.length === 0 ? values : omit(values, dropped);
}

/**
 * The schema of an object without reserved names.
 * @param what its name in messages, such as `Properties`
 * @param own SuprSend's own names that are allowed, each with its schema
 */
export function freeNames(what: string, own: Record<string, z.ZodType> = {}) {
	return z
		.record(z.string(), z.unknown(), `${what} must be an object, e.g. {"amount": 10}`)
		.transform((values, context) => {
			for (const name of Object.keys(values)) {
				if (!isReserved(name) || Object.hasOwn(own, name)) continue;
				const message = `Rename '${name}', because SuprSend reserves names that start with $ or ss_`;
				context.addIssue({ code: 'custom', path: [name], message });
			}
			return checkNamed(context, own, values);
		});
}
