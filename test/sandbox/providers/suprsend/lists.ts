import { z } from 'zod';
import { type Answer, isObject, json, OPENED_AT, type ProviderRequest, timestamp } from '../provider';
import { on, type Route } from '../route';
import { offsetPage } from './offset-page';
import { notFound, refuse } from './replies';
import type { Users } from './users';

interface List {
	list_id: string;
	list_name: string;
	list_description: string;
	created_at: string;
	updated_at: string;
	members: Set<string>;
}

const STARTING_LISTS = [
	{ list_id: 'newsletter', list_name: 'Newsletter', list_description: 'Everybody who asked for it' },
	{ list_id: 'trial-users', list_name: 'Trial users', list_description: '' },
];

const shown = ({ members, created_at, updated_at, ...names }: List) => ({
	...names,
	list_type: 'static_list',
	subscribers_count: members.size,
	source: null,
	is_readonly: false,
	status: 'active',
	track_user_entry: false,
	track_user_exit: false,
	requested_for_delete: false,
	created_at,
	updated_at,
	drafts: null,
});

/** Compares IDs in lower case: https://docs.suprsend.com/docs/lists-java */
const listId = z
	.string({ required_error: 'This field is required.' })
	.min(1, 'This field may not be blank.')
	.max(64)
	.toLowerCase()
	.regex(/^[a-z0-9_-]+$/);

const newList = z.object({
	list_id: listId,
	list_name: z.string().default(''),
	list_description: z.string().default(''),
});

class Lists {
	private readonly all = new Map<string, List>();

	constructor(private readonly now: () => number) {
		STARTING_LISTS.forEach((list) => this.save(list, OPENED_AT));
	}

	get(id: string): List | undefined {
		return this.all.get(id.toLowerCase());
	}

	save(names: z.infer<typeof newList>, at = timestamp(this.now)): List {
		const known = this.get(names.list_id) ?? { created_at: at, members: new Set<string>() };
		const list = { ...known, ...names, updated_at: at };
		this.all.set(names.list_id, list);
		return list;
	}

	page(request: ProviderRequest): Answer {
		return offsetPage(request, [...this.all.values()].map(shown));
	}
}

function create(lists: Lists, { body }: ProviderRequest): Answer {
	const { data, error } = newList.safeParse(body);
	const [issue] = error?.issues ?? [];
	if (!data) return refuse({ field: String(issue?.path[0] ?? 'body'), message: issue?.message ?? 'Invalid' });
	return { ...json(201, shown(lists.save(data))), accepted: [{ kind: 'list', body, name: data.list_id }] };
}

const listNotFound = (id: string): Answer => notFound(`list_id: ${id} not found`);

/** SuprSend's MCP tool `lists_add_users`: "up to 10,000 per call" */
const MOST_IDS = 10_000;

const idsIn = (body: unknown): string[] | undefined =>
	z
		.array(z.string().min(1))
		.max(MOST_IDS)
		.safeParse(isObject(body) ? body.distinct_ids : undefined).data;

/** Returns whether anything changed. */
type Change = (members: Set<string>, id: string) => boolean;

const change =
	(lists: Lists, kind: 'list add' | 'list remove', changed: Change) =>
	({ body }: ProviderRequest, { list_id: name }: { list_id: string }): Answer => {
		const list = lists.get(name);
		if (!list) return listNotFound(name);
		const ids = idsIn(body);
		if (!ids)
			return refuse({ field: 'distinct_ids', message: 'Expected a list of up to 10,000 non-empty strings.' });
		const affected = ids.filter((id) => changed(list.members, id));
		const accepted = affected.map((user) => ({
			kind,
			body: { distinct_ids: [user] },
			name: list.list_id,
			user,
		}));
		return { ...json(201, { success: true, affected_count: affected.length }), accepted };
	};

const PATH = '/v1/subscriber_list/{list_id}/';

/**
 * https://docs.suprsend.com/reference/add-user-to-list and related pages. Skips users that don't exist, because SuprSend's
 * MCP tool `lists_add_users` says that only existing ones can be added.
 */
export function routesOfLists(users: Users, now: () => number): Route[] {
	const lists = new Lists(now);
	const add: Change = (members, id) => users.has(id) && !members.has(id) && Boolean(members.add(id));
	const remove: Change = (members, id) => members.delete(id);
	return [
		on('GET', '/v1/subscriber_list/', (request) => lists.page(request)),
		on('POST', '/v1/subscriber_list/', (request) => create(lists, request)),
		on('GET', PATH, (_request, { list_id: id }) => {
			const list = lists.get(id);
			return list ? json(200, shown(list)) : listNotFound(id);
		}),
		on('POST', `${PATH}subscriber/add/`, change(lists, 'list add', add)),
		on('POST', `${PATH}subscriber/remove/`, change(lists, 'list remove', remove)),
	];
}
