import { omit, toPath } from 'lodash';
import { accepted } from '../checked';
import { isObject, text, without, type JsonObject } from '../event';
import type { RawEvents } from './format';
import { mapByPaths } from './generic';
import type { Fields } from './paths';

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

/** Reads events in no known format as rows. */
export function asRows(events: RawEvents, fields: Fields, mapping: RowMapping): RawEvents {
	return {
		...events,
		map: (row) => accepted(mapRow(row, fields, mapping)),
		noUserHint:
			fields.path('userId') === undefined
				? "Fill in 'User ID' with the name of the field that contains the user ID, for example id."
				: fields.userHint(),
	};
}

function mapRow(row: JsonObject, fields: Fields, mapping: RowMapping): JsonObject {
	const { typePath = '', eventName, groupId = 'groupId', previousId = 'previousId' } = mapping;
	const given = mapping.type ?? fields.find(row, typePath);
	const type = text(given)?.toLowerCase();
	const { event: defaultName, ...parts } = without(mapByPaths(row, fields), 'properties');
	const name =
		type === 'track' ? (text(fields.at(row, 'event')) ?? text(eventName) ?? defaultName) : undefined;
	const used = [
		...(['userId', 'anonymousId', 'event', 'messageId', 'timestamp'] as const).map(
			(part) => fields.path(part) ?? part,
		),
		...[groupId, previousId, ...(mapping.type === undefined ? [typePath] : [])],
	];
	const hasTraits = type !== undefined && aboutTraits.has(type);
	const data = dataOf(row, fields, hasTraits ? mapping.traits : mapping.properties, used);
	return {
		...parts,
		...(name === undefined ? {} : { event: name }),
		type: given,
		groupId: fields.find(row, groupId),
		previousId: fields.find(row, previousId),
		[hasTraits ? 'traits' : 'properties']: data,
	};
}

/** The fields at these paths, under their own names; the content of an object that is the only one; or all others. */
function dataOf(
	row: JsonObject,
	fields: Fields,
	chosen: readonly string[],
	used: readonly string[],
): JsonObject {
	const [first, ...more] = chosen;
	if (first === undefined)
		return omit(
			row,
			used.map((path) => fields.ownField(row, path) ?? ''),
		);
	const only = more.length === 0 ? fields.value(row, first) : undefined;
	if (isObject(only)) return only;
	const found = chosen.map((path) => [toPath(path).at(-1) ?? path, fields.value(row, path)] as const);
	return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}
