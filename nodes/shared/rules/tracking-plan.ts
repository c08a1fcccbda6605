import { z, type ZodType } from 'zod/v4';
import { isEventType, isGiven, isObject, type CanonicalEvent, type EventType, type Warning } from '../event';
import { parsePath, valuesAt, type Step } from './path';

/** One row of a tracking plan: a property of an event. A row without a property just plans the event. */
export interface PlannedProperty {
	/** The name of a track event, or one of `identify`, `page`, `screen`, `group` and `alias`. */
	event: string;
	/** A name, or a path such as `address.city` or `products[].price`. */
	property?: string;
	type?: PropertyType;
	/** `withParent`: only where the object or the entry that holds it is there. */
	required?: boolean | 'withParent';
	/** The only values that are allowed; empty or missing for any. */
	allowedValues?: readonly string[];
}

export const propertyTypes = ['any', 'text', 'number', 'boolean', 'date', 'list', 'object'] as const;
export type PropertyType = (typeof propertyTypes)[number];

export interface TrackingPlan {
	/** Returns what is wrong with the event; undefined if the event isn't in the plan. */
	violationsOf(event: CanonicalEvent): Warning[] | undefined;
}

/**
 * Compiles the rows once for all events.
 * @throws for a row without an event name, or with a property that can't be read as a path
 */
export function compilePlan(rows: readonly PlannedProperty[]): TrackingPlan {
	const planned = new Map<string, Check[]>();
	for (const [index, row] of rows.entries()) {
		const name = row.event.trim();
		if (name === '') throw new Error(`Row ${index + 1} of the tracking plan has no event name`);
		const checks = planned.get(keyOf(name)) ?? [];
		planned.set(keyOf(name), checks);
		if (!isGiven(row.property?.trim())) continue;
		const check = compileRow(row);
		if (check === undefined) {
			throw new Error(
				`Row ${index + 1} of the tracking plan has the property '${row.property}', which is not a path. Put names with special characters in brackets and quotes, e.g. ["Total [EUR]"]`,
			);
		}
		checks.push(check);
	}
	return {
		violationsOf(event) {
			const checks = planned.get(event.type === 'track' ? trackKey(event.event ?? '') : event.type);
			return checks?.map((check) => check(event)).filter((violation) => violation !== undefined);
		},
	};
}

/** Keeps a track event named `page` apart from page events. */
const trackKey = (name: string) => `track: ${name}`;
const keyOf = (name: string) => (name !== 'track' && isEventType(name) ? name : trackKey(name));

type Check = (event: CanonicalEvent) => Warning | undefined;

function compileRow({
	type = 'any',
	required,
	allowedValues = [],
	...row
}: PlannedProperty): Check | undefined {
	const property = row.property?.trim() ?? '';
	const steps = parsePath(property);
	if (steps === undefined) return undefined;
	const schema = typeSchemas[type];
	const allowed = new Set(allowedValues);
	const isAllowed = (each: unknown) => typeof each !== 'object' && allowed.has(String(each));
	const check = (value: unknown, path: string): Warning | undefined => {
		if (!isGiven(value)) {
			return required === true || required === 'withParent'
				? { path, code: 'plan_missing', message: `'${path}' is missing, and the tracking plan requires it.` }
				: undefined;
		}
		if (!schema.safeParse(value).success) {
			return { path, code: 'plan_type', message: `'${path}' must be ${typeNames[type]}.` };
		}
		if (allowed.size > 0 && ![value].flat().every(isAllowed)) {
			return { path, code: 'plan_value', message: `'${path}' must be one of: ${allowedValues.join(', ')}.` };
		}
		return undefined;
	};
	return (event) => {
		const where = dataOf(event.type);
		const path = `${where}.${property}`;
		for (const value of valuesFor({ property, steps, required }, event[where])) {
			const violation = check(value, path);
			if (violation !== undefined) return violation;
		}
		return undefined;
	};
}

/** Where events of a type have what a plan is about. */
export function dataOf(type: EventType): 'traits' | 'properties' {
	return type === 'identify' || type === 'group' ? 'traits' : 'properties';
}

function valuesFor(
	{
		property,
		steps,
		required,
	}: Pick<PlannedProperty, 'required'> & { property: string; steps: readonly Step[] },
	root: Record<string, unknown>,
): unknown[] {
	// A key with dots, e.g. `address.city`, wins over the path.
	if (Object.hasOwn(root, property)) return [root[property]];
	if (required === 'withParent') {
		const parents = valuesAt(root, steps.slice(0, -1)).filter(isObject);
		return parents.flatMap((parent) => valuesAt(parent, steps.slice(-1)));
	}
	const values = valuesAt(root, steps);
	return values.length === 0 ? [undefined] : values;
}

export const typeSchemas: Record<PropertyType, ZodType> = {
	any: z.unknown(),
	text: z.string(),
	number: z.number(),
	boolean: z.boolean(),
	date: z.union([z.iso.datetime({ offset: true, local: true }), z.iso.date()]),
	list: z.array(z.unknown()),
	object: z.record(z.string(), z.unknown()),
};

const typeNames: Record<PropertyType, string> = {
	any: 'anything',
	text: 'text',
	number: 'a number',
	boolean: 'true or false',
	date: 'a date such as 2026-01-31 or 2026-01-31T12:00:00Z',
	list: 'a list',
	object: 'an object',
};
