import { accepted } from '../checked';
import { isBlank, text, type JsonObject } from '../event';
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
		read: (request, fields) => ({
			...readByPaths(name, request, fields),
			map: (event) => accepted(mapEvent(event, fields, preset)),
		}),
	};
}

function mapEvent(event: JsonObject, fields: Fields, preset: SenderPreset): JsonObject {
	const mapped = mapByPaths(event, fields);
	const name = String(mapped.event);
	const isOwn = (field: 'event' | 'userId') => fields.path(field) === text(preset.paths[field]);
	const detail =
		isOwn('event') && preset.eventDetail ? text(fields.find(event, preset.eventDetail)) : undefined;
	const path = isOwn('userId') ? pathByName(name, preset.userIdByEvent) : undefined;
	const userId = path === undefined ? undefined : fields.find(event, path);
	return {
		...mapped,
		event: detail === undefined ? name : `${name}.${detail}`,
		userId: isBlank(userId) ? mapped.userId : userId,
	};
}

function pathByName(name: string, paths: SenderPreset['userIdByEvent'] = {}): string | undefined {
	const pattern = Object.keys(paths).find((each) =>
		each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each,
	);
	return pattern === undefined ? undefined : paths[pattern];
}
