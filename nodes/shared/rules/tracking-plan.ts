import { get } from 'lodash';
import { z, type ZodType } from 'zod/v4';
import { isEventType, isGiven, type CanonicalEvent, type Warning } from '../event';

/** One row of a tracking plan: what an event may carry. A row without a property only says that the event is planned. */
export interface PlannedProperty {
	/** Name of a track event, or `identify`, `page`, `screen`, `group`, `alias`. */
	event: string;
	/** Name, or a path such as `address.city`. */
	property?: string;
	type?: PropertyType;
	required?: boolean;
	/** When given, nothing else is allowed. */
	allowedValues?: readonly string[];
}

export const propertyTypes = ['any', 'text', 'number', 'boolean', 'date', 'list', 'object'] as const;
export type PropertyType = (typeof propertyTypes)[number];

export interface TrackingPlan {
	/** What an event breaks; empty when nothing, undefined when the plan does not know it. */
	violationsOf(event: CanonicalEvent): Warning[] | undefined;
}

/** A plan's rows made into checks, once for all events. Throws on a row that says nothing that could be checked. */
export function compilePlan(rows: readonly PlannedProperty[]): TrackingPlan {
	const planned = new Map<string, Check[]>();
	for (const [index, row] of rows.entries()) {
		const name = row.event.trim();
		if (name === '') throw new Error(`Row ${index + 1} of the tracking plan names no event`);
		const checks = planned.get(keyOf(name)) ?? [];
		planned.set(keyOf(name), checks);
		if (isGiven(row.property)) checks.push(compileRow(row));
	}
	return {
		violationsOf(event) {
			const checks = planned.get(event.type === 'track' ? trackKey(event.event ?? '') : event.type);
			return checks?.map((check) => check(event)).filter((violation) => violation !== undefined);
		},
	};
}

/** A track event may be called `page`, too. */
const trackKey = (name: string) => `track: ${name}`;
const keyOf = (name: string) => (name !== 'track' && isEventType(name) ? name : trackKey(name));

type Check = (event: CanonicalEvent) => Warning | undefined;

function compileRow({ type = 'any', required, allowedValues = [], ...row }: PlannedProperty): Check {
	const property = row.property?.trim() ?? '';
	const schema = typeSchemas[type];
	const allowed = new Set(allowedValues);
	return (event) => {
		const where = event.type === 'identify' || event.type === 'group' ? 'traits' : 'properties';
		const path = `${where}.${property}`;
		// A name that holds dots itself comes first.
		const value = Object.hasOwn(event[where], property)
			? event[where][property]
			: get(event[where], property);
		if (!isGiven(value)) {
			return required === true
				? { path, code: 'plan_missing', message: `'${path}' is missing, and the tracking plan requires it.` }
				: undefined;
		}
		if (!schema.safeParse(value).success) {
			return { path, code: 'plan_type', message: `'${path}' must be ${typeNames[type]}.` };
		}
		const isAllowed = (each: unknown) => typeof each !== 'object' && allowed.has(String(each));
		if (allowed.size > 0 && ![value].flat().every(isAllowed)) {
			return { path, code: 'plan_value', message: `'${path}' must be one of: ${allowedValues.join(', ')}.` };
		}
		return undefined;
	};
}

const typeSchemas: Record<PropertyType, ZodType> = {
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
