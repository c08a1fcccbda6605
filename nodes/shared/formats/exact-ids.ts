import type { Checked } from '../checked';
import { isObject, isRounded, text, type JsonObject } from '../event';

const ids = ['userId', 'anonymousId', 'groupId', 'previousId', 'messageId'];

/**
 * Replaces the IDs of an event that are rounded numbers by their own text. Two IDs could otherwise become one.
 * @param mapExact maps the same event, with the own text of its numbers
 */
export function withExactIds(event: unknown, mapExact: () => Checked<unknown, unknown>): unknown {
	if (!isObject(event)) return event;
	const source = withGroupId(event);
	const rounded = ids.filter((id) => isRounded(source[id]));
	if (rounded.length === 0) return event;
	const exact = mapExact();
	if (!exact.ok || !isObject(exact.value)) return event;
	const exactSource = withGroupId(exact.value);
	return { ...event, ...Object.fromEntries(rounded.map((id) => [id, exactSource[id]])) };
}

/** Some senders have the ID of a group only in its traits. */
function withGroupId(event: JsonObject): JsonObject {
	const { type, groupId, traits } = event;
	const isGroup = text(type)?.toLowerCase() === 'group';
	return isGroup && (groupId ?? null) === null && isObject(traits)
		? { ...event, groupId: traits.groupId }
		: event;
}
