import { type Answer, isObject, json, type ProviderRequest, stringOrNothing, timestamp } from '../provider';
import { on, type Route } from '../route';
import {
	addChannel,
	applyOperations,
	type ChannelName,
	CHANNELS,
	flawOfOperations,
	isChannel,
	type Profile,
} from './user-operations';

interface User extends Profile {
	distinct_id: string;
	/** The order in lists. It works as a cursor even after its user is deleted. */
	serial: number;
	created_at: string;
	updated_at: string;
}

interface Page {
	limit: number;
	after: string | null;
	before: string | null;
}

const cursorOf = (user: User | undefined): string | null =>
	user ? String(user.serial).padStart(26, '0') : null;

export class Users {
	private readonly all = new Map<string, User>();
	private serial = 0;

	constructor(private readonly now: () => number) {}

	get(id: string): User | undefined {
		return this.all.get(id);
	}

	has(id: string): boolean {
		return this.all.has(id);
	}

	delete(id: string): boolean {
		return this.all.delete(id);
	}

	upsert(id: string, fields: Record<string, unknown>): User {
		const user = this.touch(id);
		for (const [key, value] of Object.entries(fields)) {
			if (!isChannel(key)) user.properties[key] = value;
			else if (Array.isArray(value)) for (const item of value) addChannel(user, key, item);
		}
		return user;
	}

	/** No refusal is documented for a user who doesn't exist, so an edit creates the user. */
	edit(id: string, operations: readonly unknown[]): User {
		const user = this.touch(id);
		applyOperations(user, operations);
		return user;
	}

	page({ limit, after, before }: Page) {
		const all = [...this.all.values()];
		const from = after === null ? 0 : all.findIndex(({ serial }) => serial > Number(after));
		const onward = from < 0 ? [] : all.slice(from);
		const users =
			before === null
				? onward.slice(0, limit)
				: all.filter(({ serial }) => serial < Number(before)).slice(-limit);
		const [first] = users;
		const last = users.at(-1);
		return {
			users,
			count: all.length,
			hasPrevious: first !== undefined && first !== all[0],
			hasNext: last !== undefined && last !== all.at(-1),
			before: cursorOf(first),
			after: cursorOf(last),
		};
	}

	private touch(rawId: string): User {
		const id = rawId.trim();
		const at = timestamp(this.now);
		const known = this.all.get(id);
		const user = known ?? {
			distinct_id: id,
			serial: ++this.serial,
			created_at: at,
			updated_at: at,
			properties: {},
			channels: {},
		};
		user.updated_at = at;
		this.all.set(id, user);
		return user;
	}
}

const inList = ({ distinct_id, properties, created_at, updated_at }: User) => ({
	distinct_id,
	properties,
	created_at,
	updated_at,
});

const shown = (user: User) => ({ ...inList(user), ...user.channels });

const invalid = json(400, { code: 400, message: 'invalid_request_error' });

const notFound = (id: string): Answer =>
	json(404, { code: 404, message: `user [distinct_id: '${id}'] not found` });

const OBJECT_CHANNELS: readonly ChannelName[] = ['$webpush', '$slack', '$ms_teams'];
const TEXT_PROPERTIES = ['$timezone', '$locale', '$preferred_language'];

function isUser(body: unknown): body is Record<string, unknown> {
	if (!isObject(body)) return false;
	const channelsAreGood = CHANNELS.filter((name) => name in body).every((name) => {
		const isGood = OBJECT_CHANNELS.includes(name)
			? isObject
			: (item: unknown) => Boolean(stringOrNothing(item));
		const items = body[name];
		return Array.isArray(items) && items.every(isGood);
	});
	return (
		channelsAreGood && TEXT_PROPERTIES.every((name) => ['string', 'undefined'].includes(typeof body[name]))
	);
}

const DEFAULT_LIMIT = 10;

function list(users: Users, { query }: ProviderRequest): Answer {
	const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
	const after = query.get('after');
	const before = query.get('before');
	const cursors = [after, before].filter((cursor) => cursor !== null);
	const areCursorsGood = cursors.length < 2 && cursors.every((cursor) => /^\d{26}$/.test(cursor));
	if (!Number.isInteger(limit) || limit < 1 || !areCursorsGood) return invalid;
	const page = users.page({ limit, after, before });
	const meta = {
		count: page.count,
		limit,
		has_prev: page.hasPrevious,
		before: page.hasPrevious ? page.before : null,
		has_next: page.hasNext,
		after: page.hasNext ? page.after : null,
	};
	return json(200, { meta, results: page.users.map(inList) });
}

const PATH = '/v1/user/{distinct_id}/';

/** https://docs.suprsend.com/reference/create-user-profile and related pages. */
export const routesOfUsers = (users: Users): Route[] => [
	on('GET', '/v1/user/', (request) => list(users, request)),
	on('POST', PATH, ({ body }, { distinct_id: id }) => {
		if (!id.trim() || !isUser(body)) return invalid;
		const accepted = [{ kind: 'user', body, name: stringOrNothing(body.name), user: id }];
		return { ...json(201, shown(users.upsert(id, body))), accepted };
	}),
	on('PATCH', PATH, ({ body }, { distinct_id: id }) => {
		const operations = isObject(body) ? body.operations : undefined;
		if (!id.trim() || !Array.isArray(operations) || flawOfOperations(operations)) return invalid;
		const name = operations.flatMap((operation: object) => Object.keys(operation)).join(', ');
		const accepted = [{ kind: 'user edit', body, name, user: id }];
		return { ...json(202, shown(users.edit(id, operations))), accepted };
	}),
	on('GET', PATH, (_request, { distinct_id: id }) => {
		const user = users.get(id);
		return user ? json(200, shown(user)) : notFound(id);
	}),
	on('DELETE', PATH, (_request, { distinct_id: id }) =>
		users.delete(id)
			? { status: 204, accepted: [{ kind: 'user delete', body: undefined, user: id }] }
			: notFound(id),
	),
];
