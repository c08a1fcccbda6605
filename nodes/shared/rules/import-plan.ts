import { isEventType, isObject, text, type JsonObject } from '../event';
import { pathTo } from './path';
import { dataOf, type PlannedProperty, type PropertyType } from './tracking-plan';

/** The schema of the events of one name. */
interface EventSchema {
	event: string;
	schema: unknown;
}

/**
 * Reads a tracking plan of another tool as rows. Returns undefined for anything else.
 * - JSON Schema of an event, with its name as `title`; a list of such schemas; or an object with a schema for each name.
 * - A tracking plan of Segment Protocols, as its Public API and its older Config API return it, or the list of its rules:
 *   https://docs.segmentapis.com/tag/Tracking-Plans, https://reference.segmentapi.com
 * @throws for a schema that doesn't say which event it is about
 */
export function importPlan(plan: unknown): PlannedProperty[] | undefined {
	const schemas = schemasIn(plan);
	if (schemas === undefined) return undefined;
	const common = schemas.filter(({ event }) => event === commonRules);
	return schemas
		.filter(({ event }) => event !== commonRules)
		.flatMap(({ event, schema }) => [
			{ event },
			...[schema, ...common.map((each) => each.schema)].flatMap((each) => rowsOf(event, each)),
		]);
}

/** The name of the rules that apply to all events. */
const commonRules = '';

function schemasIn(plan: unknown): EventSchema[] | undefined {
	if (Array.isArray(plan)) {
		if (plan.every(isRule)) return latestOf(plan).map(readRule);
		return plan.every(isSchema) ? plan.map(readSchema) : undefined;
	}
	if (!isObject(plan)) return undefined;
	const { data, rules } = plan;
	if (isObject(data)) return schemasIn(data);
	if (Array.isArray(rules)) return schemasIn(rules);
	if (isObject(rules)) return readOlderRules(rules);
	if (isSchema(plan)) return [readSchema(plan)];
	const named = Object.entries(plan);
	return named.length > 0 && named.every(([, schema]) => isSchema(schema))
		? named.map(([event, schema]) => ({ event, schema }))
		: undefined;
}

function isSchema(value: unknown): value is JsonObject {
	// A row can have the type "object", too.
	if (!isObject(value) || text(value.event) !== undefined) return false;
	return value.type === 'object' || isObject(value.properties) || typeof value.$schema === 'string';
}

function readSchema(schema: JsonObject): EventSchema {
	const event = text(schema.title);
	if (event !== undefined) return { event, schema };
	throw new Error(
		'A JSON Schema in the tracking plan has no title. Set the title to the name of the event, e.g. "title": "Order Completed"',
	);
}

/** A rule of the Public API: https://docs.segmentapis.com/tag/Tracking-Plans#operation/listRulesFromTrackingPlan */
interface Rule {
	type: string;
	key?: unknown;
	version?: unknown;
	jsonSchema: unknown;
}

function isRule(value: unknown): value is Rule {
	return isObject(value) && typeof value.type === 'string' && 'jsonSchema' in value;
}

/** An event can have several versions. */
function latestOf(rules: readonly Rule[]): Rule[] {
	const latest = new Map<string, Rule>();
	for (const rule of rules) {
		const key = JSON.stringify([rule.type, rule.key]);
		if (Number(rule.version ?? 0) >= Number(latest.get(key)?.version ?? 0)) latest.set(key, rule);
	}
	return [...latest.values()];
}

function readRule({ type, key, jsonSchema: schema }: Rule): EventSchema {
	const eventType = type.toLowerCase();
	if (eventType === 'track') return { event: nameOf(key), schema };
	if (!isEventType(eventType)) return { event: commonRules, schema };
	// Rules for one page, by its name, don't hold for others.
	return { event: eventType, schema: text(key) === undefined || hasTraits(eventType) ? schema : undefined };
}

/** @throws if a rule has no name, since it would count for every event */
function nameOf(key: unknown): string {
	const name = text(key);
	if (name === undefined) throw new Error('A rule in the tracking plan has no event name');
	return name;
}

const hasTraits = (event: string) => isEventType(event) && dataOf(event) === 'traits';

/** Reads `{"events": [{"name": …, "rules": schema}], "identify": schema, "group": schema, "global": schema}`. */
function readOlderRules({ events, global: common, identify, group }: JsonObject): EventSchema[] {
	const named = (Array.isArray(events) ? events : []).filter(isObject);
	return [
		...named.map(({ name, rules }) => ({ event: nameOf(name), schema: rules })),
		...Object.entries({ [commonRules]: common, identify, group })
			.filter(([, schema]) => isObject(schema))
			.map(([event, schema]) => ({ event, schema })),
	];
}

function rowsOf(event: string, schema: unknown): PlannedProperty[] {
	if (!isObject(schema)) return [];
	const inside = insideEnvelope(schema, event);
	return propertiesOf(inside, '').map((row) => ({ event, ...row }));
}

const envelopeFields = new Set(['context', 'traits', 'properties', 'type', 'event', 'userId', 'anonymousId']);

/** Segment's schemas are about the whole event, with its properties inside. */
function insideEnvelope(schema: JsonObject, event: string): JsonObject {
	const { properties } = schema;
	if (!isObject(properties)) return schema;
	const isEnvelope =
		(isObject(properties.properties) || isObject(properties.traits)) &&
		Object.keys(properties).every((field) => envelopeFields.has(field));
	if (!isEnvelope) return schema;
	const inner = hasTraits(event) ? properties.traits : properties.properties;
	return isObject(inner) ? inner : {};
}

/** Deeper properties are allowed, and not checked. */
const mostLevels = 20;

type Row = Omit<PlannedProperty, 'event'>;

function propertiesOf({ properties, required }: JsonObject, parent: string, level = 1): Row[] {
	if (!isObject(properties) || level > mostLevels) return [];
	const names = new Set<unknown>(Array.isArray(required) ? required : []);
	return Object.entries(properties).flatMap(([name, given]) => {
		const property = pathTo(parent, name);
		if (property === undefined) return [];
		const schema = isObject(given) ? given : {};
		const entries = isObject(schema.items) ? schema.items : {};
		const type = typeOf(schema);
		const allowedValues = valuesOf(schema) ?? valuesOf(entries);
		const isRequired = names.has(name) && !typesOf(schema).includes('null');
		const row: Row = {
			property,
			type,
			required: isRequired && (level === 1 || 'withParent'),
			...(allowedValues === undefined ? {} : { allowedValues }),
		};
		return [
			row,
			...propertiesOf(schema, property, level + 1),
			...propertiesOf(entries, `${property}[]`, level + 1),
		];
	});
}

function typesOf({ type }: JsonObject): unknown[] {
	return Array.isArray(type) ? type : [type];
}

function typeOf(schema: JsonObject): PropertyType {
	const types = new Set(typesOf(schema).filter((type) => type !== 'null'));
	if (types.delete('integer')) types.add('number');
	const [type, ...others] = types;
	if (others.length > 0) return 'any';
	switch (type) {
		case 'string':
			return schema.format === 'date-time' || schema.format === 'date' ? 'date' : 'text';
		case 'array':
			return 'list';
		case 'number':
		case 'boolean':
		case 'object':
			return type;
		default:
			return 'any';
	}
}

/** The values that `enum` and `const` allow. A row can't have lists and objects among them. */
function valuesOf(schema: JsonObject): string[] | undefined {
	const given: unknown[] = Array.isArray(schema.enum) ? schema.enum : 'const' in schema ? [schema.const] : [];
	const values = given.filter((value) => value !== null);
	if (values.length === 0 || values.some((value) => typeof value === 'object')) return undefined;
	return values.map(String);
}
