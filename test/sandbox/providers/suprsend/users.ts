import { type Answer, isObject, json, type ProviderRequest, stringOrNothing, timestamp } from '../provider';
import { on, type Route } from '../route';
import { cursorPage } from './cursor-page';
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

	/** All users in the order in which they were created. */
	list(): User[] {
		return [...this.all.values()];
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

export const notFound = (id: string): Answer =>
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

const PATH = '/v1/user/{distinct_id}/';

/** https://docs.suprsend.com/reference/create-user-profile and related pages. */
export const routesOfUsers = (users: Users): Route[] => [
	on('GET', '/v1/user/', (request) => cursorPage(request, users.list(), inList, { refusesBoth: true })),
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
	// Only the SDKs show it. They accept any status 2xx.
	on('DELETE', '/v1/bulk/user/', ({ body }) => {
		const ids =
			isObject(body) && Array.isArray(body.distinct_ids) ? body.distinct_ids.map(String) : undefined;
		if (ids === undefined || ids.length === 0) return invalid;
		for (const id of ids) users.delete(id);
		return { status: 204, accepted: ids.map((user) => ({ kind: 'user delete', body, user })) };
	}),
	on('POST', `${PATH}merge/`, ({ body }, { distinct_id: id }) => {
		const from = isObject(body) ? stringOrNothing(body.from_user_id) : undefined;
		const [primary, secondary] = [users.get(id), users.get(from ?? '')];
		if (primary === undefined) return notFound(id);
		if (from === undefined || secondary === undefined) {
			return json(404, { code: 404, message: `from_user_id: [distinct_id: '${from}'] not found` });
		}
		primary.properties = { ...secondary.properties, ...primary.properties };
		for (const [name, channels] of Object.entries(secondary.channels)) {
			for (const { value } of channels) addChannel(primary, name as ChannelName, value);
		}
		users.delete(from);
		return { ...json(201, shown(primary)), accepted: [{ kind: 'user merge', body, user: id }] };
	}),
];

const TENANT_USER = `${PATH}tenant/{tenant_id}/` as const;

/**
 * Users within a tenant. Only SuprSend's Python SDK shows these requests, without the answers, so the sandbox answers with
 * an empty body.
 */
export const routesOfTenantUsers = (users: Users): Route[] => {
	const take =
		(kind: string) =>
		({ body }: ProviderRequest, { distinct_id: user }: { distinct_id: string }): Answer =>
			users.has(user) ? { status: 200, accepted: [{ kind, body, user }] } : notFound(user);
	const read = (_: ProviderRequest, { distinct_id: user }: { distinct_id: string }): Answer =>
		users.has(user) ? { status: 200 } : notFound(user);
	return [
		on('GET', `${PATH}associated_tenant/`, read),
		on('GET', TENANT_USER, read),
		on('POST', TENANT_USER, take('tenant user')),
		on('PATCH', TENANT_USER, take('tenant user edit')),
		on('DELETE', TENANT_USER, take('tenant user unlink')),
	];
};

/** What a user subscribes to. */
export const routesOfUserSubscriptions = (
	users: Users,
	{ lists, objects }: Record<'lists' | 'objects', (request: ProviderRequest, id: string) => Answer>,
): Route[] => [
	on('GET', `${PATH}subscribed_to/list/`, (request, { distinct_id: id }) =>
		users.has(id) ? lists(request, id) : notFound(id),
	),
	on('GET', `${PATH}subscribed_to/object/`, (request, { distinct_id: id }) =>
		users.has(id) ? objects(request, id) : notFound(id),
	),
];
