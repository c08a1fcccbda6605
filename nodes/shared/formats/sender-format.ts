import { accepted } from '../checked';
import { isBlank, isRounded, text, type JsonObject } from '../event';
import type { Format } from './format';
import { mapByPaths, readByPaths } from './generic';
import type { Fields } from './paths';
import type { SenderPreset } from './presets';

/** The format of a sender that is known. The user's paths win over those of the preset. */
export function senderFormat(preset: SenderPreset): Format {
	const { name, displayName, description, header, paths } = preset;
	return {
		name,
		displayName,
		description,
		paths,
		matches: ({ headers }) =>
			header === undefined || headers[header] === undefined
				? undefined
				: `the request has the header "${header}"`,
		read: (request, fields) => {
			const batch = readByPaths(name, request, fields);
			return {
				...batch,
				requestId: text(withDetails(batch.requestId, {}, fields, preset)),
				map: (event) => accepted(mapEvent(event, fields, preset)),
			};
		},
	};
}

function mapEvent(event: JsonObject, fields: Fields, preset: SenderPreset): JsonObject {
	const mapped = mapByPaths(event, fields);
	const name = String(mapped.event);
	const detail =
		isOwn('event', fields, preset) && preset.eventDetail
			? text(fields.find(event, preset.eventDetail))
			: undefined;
	const userId = userIdIn(event, name, fields, preset);
	return {
		...mapped,
		event: detail === undefined ? name : `${name}.${detail}`,
		userId: isOwn('userId', fields, preset) ? asText(userId) : userId,
		messageId: withDetails(mapped.messageId, event, fields, preset),
	};
}

/** Numbers are usual here and need no warning. Returns a rounded number as it is, so that its exact text replaces it. */
const asText = (id: unknown) => (typeof id === 'number' && !isRounded(id) ? String(id) : id);

/** Whether the path to a part is that of the preset. */
function isOwn(field: 'event' | 'userId' | 'messageId', fields: Fields, { paths }: SenderPreset): boolean {
	return fields.path(field) === text(paths[field]);
}

function userIdIn(event: JsonObject, name: string, fields: Fields, preset: SenderPreset): unknown {
	const { guestId, userIdByEvent, userIdWhere } = preset;
	const isNobody = (id: unknown) => isBlank(id) || (guestId !== undefined && text(id) === guestId);
	if (isOwn('userId', fields, preset)) {
		const isThere =
			userIdWhere !== undefined && text(fields.find(event, userIdWhere.path)) === userIdWhere.value;
		const path = isThere ? userIdWhere.userId : pathByName(name, userIdByEvent);
		const userId = path === undefined ? undefined : fields.find(event, path);
		if (!isNobody(userId)) return userId;
	}
	return fields.at(event, 'userId', isNobody);
}

/** Adds the preset's details to a message ID. Returns a rounded number as it is, so that its exact text replaces it. */
function withDetails(id: unknown, event: JsonObject, fields: Fields, preset: SenderPreset): unknown {
	const { messageIdDetails = [] } = preset;
	if (text(id) === undefined || messageIdDetails.length === 0 || !isOwn('messageId', fields, preset))
		return id;
	const parts = [id, ...messageIdDetails.map((path) => fields.find(event, path))].filter(
		(part) => part !== undefined,
	);
	return parts.find(isRounded) ?? parts.map(text).join(':');
}

function pathByName(name: string, paths: SenderPreset['userIdByEvent'] = {}): string | undefined {
	const pattern = Object.keys(paths).find((each) =>
		each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each,
	);
	return pattern === undefined ? undefined : paths[pattern];
}
