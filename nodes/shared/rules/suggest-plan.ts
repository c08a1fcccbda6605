import { isGiven, isObject, type CanonicalEvent, type JsonObject } from '../event';
import { pathTo } from './path';
import { dataOf, typeSchemas, type PlannedProperty, type PropertyType } from './tracking-plan';

/** What is known of the events of one name, or of an object in them. */
interface Observed {
	/** How many there were. */
	count: number;
	properties: Map<string, ObservedProperty>;
}

interface ObservedProperty extends Observed {
	types: Set<PropertyType>;
}

/**
 * Infers a tracking plan from events: their names, their properties with types, and which ones they all have. Two values of
 * different types make a property of any type.
 */
export function suggestPlan(events: Iterable<CanonicalEvent>): PlannedProperty[] {
	const plan = new Map<string, Observed>();
	for (const event of events) {
		const name = event.type === 'track' ? (event.event ?? '') : event.type;
		const observed = plan.get(name) ?? { count: 0, properties: new Map() };
		plan.set(name, observed);
		observe(observed, event[dataOf(event.type)]);
	}
	return [...plan].flatMap(([event, observed]) => {
		const rows = rowsOf(observed, observed.count, '');
		return rows.length === 0 ? [{ event }] : rows.map((row) => ({ event, ...row }));
	});
}

function observe(observed: Observed, object: JsonObject): void {
	observed.count++;
	for (const [name, value] of Object.entries(object)) {
		if (!isGiven(value)) continue;
		const property = observed.properties.get(name) ?? { count: 0, types: new Set(), properties: new Map() };
		observed.properties.set(name, property);
		property.types.add(typeOf(value));
		if (isObject(value)) observe(property, value);
		else property.count++;
	}
}

/** An object with more names than this is rather a table of its own, with IDs as names. */
const mostNames = 100;

/** @param all how many events there were */
function rowsOf(
	{ properties }: Observed,
	all: number,
	parent: string,
): Array<Omit<PlannedProperty, 'event'>> {
	if (parent !== '' && properties.size > mostNames) return [];
	return [...properties].flatMap(([name, observed]) => {
		const property = pathTo(parent, name);
		if (property === undefined) return [];
		const type = commonType(observed.types);
		const row = { property, type, required: observed.count === all };
		return type === 'object' ? [row, ...rowsOf(observed, all, property)] : [row];
	});
}

function typeOf(value: unknown): PropertyType {
	if (Array.isArray(value)) return 'list';
	if (isObject(value)) return 'object';
	if (typeof value === 'number') return 'number';
	if (typeof value === 'boolean') return 'boolean';
	return typeSchemas.date.safeParse(value).success ? 'date' : 'text';
}

function commonType(types: ReadonlySet<PropertyType>): PropertyType {
	const [first = 'any', second, ...others] = types;
	if (second === undefined) return first;
	return others.length === 0 && types.has('text') && types.has('date') ? 'text' : 'any';
}
