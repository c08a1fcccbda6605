import { omit, toPath } from 'lodash';
import { accepted } from '../checked';
import { isObject, text, type JsonObject } from '../event';
import type { RawBatch } from './format';
import { mapByPaths } from './generic';
import { fieldAt, userPathHint, valueAt, type Paths } from './paths';

/** How rows of a sheet or a database become events, besides the paths to their parts. */
export interface RowMapping {
	/** The type of all events. Undefined: each row says its own, at `typePath`. */
	type?: string;
	typePath?: string;
	/** The name of track events without a name of their own. */
	eventName?: unknown;
	groupId?: string;
	previousId?: string;
	/** The paths of what becomes traits and properties. Without any, all fields do that aren't used otherwise. */
	traits: readonly string[];
	properties: readonly string[];
}

/** The types of events whose data are traits. */
const aboutTraits = new Set(['identify', 'group']);

/** Reads the events of a batch in no known format as rows. */
export function asRows(batch: RawBatch, paths: Paths, mapping: RowMapping): RawBatch {
	return {
		...batch,
		map: (row) => accepted(mapRow(row, paths, mapping)),
		noUserHint:
			text(paths.userId) === undefined
				? "Fill in 'User ID' with the name of the field that holds it, for example id."
				: userPathHint(paths),
	};
}

function mapRow(row: JsonObject, paths: Paths, mapping: RowMapping): JsonObject {
	const { typePath, eventName, groupId = 'groupId', previousId = 'previousId' } = mapping;
	const type = mapping.type ?? valueAt(row, typePath);
	const { event: defaultName, properties: _, ...parts } = mapByPaths(row, paths);
	const name =
		type === 'track' ? { event: text(fieldAt(row, paths, 'event')) ?? text(eventName) ?? defaultName } : {};
	const used = [
		...(['userId', 'anonymousId', 'event', 'messageId', 'timestamp'] as const).map(
			(part) => paths[part] ?? part,
		),
		...[groupId, previousId, ...(mapping.type === undefined ? [typePath ?? ''] : [])],
	];
	const hasTraits = aboutTraits.has(String(type));
	const data = dataOf(row, hasTraits ? mapping.traits : mapping.properties, used);
	return {
		...parts,
		...name,
		type,
		groupId: valueAt(row, groupId),
		previousId: valueAt(row, previousId),
		[hasTraits ? 'traits' : 'properties']: data,
	};
}

/** The fields at these paths, under their own names; the content of an object that is the only one; or all others. */
function dataOf(row: JsonObject, chosen: readonly string[], used: readonly string[]): JsonObject {
	const [first, ...more] = chosen;
	if (first === undefined)
		return omit(
			row,
			used.flatMap((path) => fieldsOf(row, path)),
		);
	const only = more.length === 0 ? valueAt(row, first) : undefined;
	if (isObject(only)) return only;
	const found = chosen.map((path) => [toPath(path).at(-1) ?? path, valueAt(row, path)] as const);
	return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

/** The row's own field that a path leads to. A path can have alternatives, separated by commas. */
function fieldsOf(row: JsonObject, path: string): string[] {
	const alternatives = path.split(',').map((each) => each.trim());
	const found = alternatives.find((each) => valueAt(row, each) !== undefined);
	const keys = found === undefined ? [] : toPath(found);
	return keys.length === 1 ? keys : [];
}
