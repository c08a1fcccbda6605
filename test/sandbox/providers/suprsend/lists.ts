import { z } from 'zod';
import { type Answer, isObject, json, OPENED_AT, type ProviderRequest, timestamp } from '../provider';
import { on, type Route } from '../route';
import { cursorOf, cursorPage, type Serial } from './cursor-page';
import { offsetPage } from './offset-page';
import { notFound, refuse } from './replies';
import type { Users } from './users';

interface List {
	list_id: string;
	list_name: string;
	list_description: string;
	created_at: string;
	updated_at: string;
	/** Each member, and its place in the order in which they were added. */
	members: Map<string, Member>;
	/** Drafts by their version. Syncing makes one the list's members. */
	drafts: Map<string, Map<string, Member>>;
}

interface Member extends Serial {
	id: string;
	at: string;
}

const STARTING_LISTS = [
	{ list_id: 'newsletter', list_name: 'Newsletter', list_description: 'Everybody who asked for it' },
	{ list_id: 'trial-users', list_name: 'Trial users', list_description: '' },
];

const shown = ({ members, drafts: _, created_at, updated_at, ...names }: List) => ({
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

export class Lists {
	private readonly all = new Map<string, List>();
	private serial = 0;

	constructor(private readonly now: () => number) {
		STARTING_LISTS.forEach((list) => this.save(list, OPENED_AT));
	}

	get(id: string): List | undefined {
		return this.all.get(id.toLowerCase());
	}

	save(names: z.infer<typeof newList>, at = timestamp(this.now)): List {
		const known = this.get(names.list_id) ?? {
			created_at: at,
			members: new Map<string, Member>(),
			drafts: new Map<string, Map<string, Member>>(),
		};
		const list = { ...known, ...names, updated_at: at };
		this.all.set(names.list_id, list);
		return list;
	}

	delete(id: string): void {
		this.all.delete(id.toLowerCase());
	}

	newMember(id: string): Member {
		return { id, serial: ++this.serial, at: timestamp(this.now) };
	}

	newVersion(): string {
		return `01JR${String(++this.serial).padStart(22, '0')}`;
	}

	/** A page of the lists that a user is on. */
	pageOf(request: ProviderRequest, user: string): Answer {
		const memberships = [...this.all.values()].flatMap((list) => {
			const member = list.members.get(user);
			return member === undefined
				? []
				: [{ serial: member.serial, list: shown(list), created_at: member.at }];
		});
		return cursorPage(request, memberships, ({ serial: _, ...each }) => each);
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

const versionNotFound = (version: string, id: string): Answer =>
	notFound(`version_id ${version} not found for list_id ${id}`);

const listNotFound = (id: string): Answer => notFound(`list_id: ${id} not found`);

/** SuprSend's MCP tool `lists_add_users`: "up to 10,000 per call" */
const MOST_IDS = 10_000;

const idsIn = (body: unknown): string[] | undefined =>
	z
		.array(z.string().min(1))
		.max(MOST_IDS)
		.safeParse(isObject(body) ? body.distinct_ids : undefined).data;

/** Returns whether anything changed. */
type Change = (members: Map<string, Member>, id: string) => boolean;

const change =
	(lists: Lists, kind: 'list add' | 'list remove' | 'draft add', changed: Change) =>
	(
		{ body }: ProviderRequest,
		{ list_id: name, version_id }: { list_id: string; version_id?: string },
	): Answer => {
		const list = lists.get(name);
		if (!list) return listNotFound(name);
		const members = version_id === undefined ? list.members : list.drafts.get(version_id);
		if (!members) return versionNotFound(version_id ?? '', name);
		const ids = idsIn(body);
		if (!ids)
			return refuse({ field: 'distinct_ids', message: 'Expected a list of up to 10,000 non-empty strings.' });
		const affected = ids.filter((id) => changed(members, id));
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
export function routesOfLists(lists: Lists, users: Users): Route[] {
	const add: Change = (members, id) =>
		users.has(id) && !members.has(id) && Boolean(members.set(id, lists.newMember(id)));
	const remove: Change = (members, id) => members.delete(id);
	return [
		on('GET', '/v1/subscriber_list/', (request) => lists.page(request)),
		on('POST', '/v1/subscriber_list/', (request) => create(lists, request)),
		on('GET', PATH, (_request, { list_id: id }) => {
			const list = lists.get(id);
			return list ? json(200, shown(list)) : listNotFound(id);
		}),
		on('PATCH', `${PATH}delete/`, (_request, { list_id: id }) => {
			if (!lists.get(id)) return listNotFound(id);
			lists.delete(id);
			return {
				...json(200, { success: true }),
				accepted: [{ kind: 'list delete', body: undefined, name: id }],
			};
		}),
		on('GET', `${PATH}subscriber/`, (request, { list_id: id }) => {
			const list = lists.get(id);
			if (!list) return listNotFound(id);
			const isDescending = request.query.get('sort') !== 'id';
			const members = [...list.members.values()].sort((a, b) => a.serial - b.serial);
			return cursorPage(request, isDescending ? members.reverse() : members, subscriber, { isDescending });
		}),
		on('POST', `${PATH}subscriber/add/`, change(lists, 'list add', add)),
		on('POST', `${PATH}subscriber/remove/`, change(lists, 'list remove', remove)),
		...routesOfDrafts(lists, add),
	];
}

const subscriber = (member: Member) => ({
	id: cursorOf(member),
	distinct_id: member.id,
	created_at: member.at,
});

/** "Start Sync" and related pages: a draft is filled, and then replaces the members of its list. */
function routesOfDrafts(lists: Lists, add: Change): Route[] {
	const draft = `${PATH}version/{version_id}/` as const;
	return [
		on('POST', `${PATH}start_sync/`, (_request, { list_id: id }) => {
			const list = lists.get(id);
			if (!list) return listNotFound(id);
			const version_id = lists.newVersion();
			list.drafts.set(version_id, new Map());
			return json(201, { ...shown(list), subscribers_count: 0, status: 'draft', version_id });
		}),
		on('POST', `${draft}subscriber/add/`, change(lists, 'draft add', add)),
		on('PATCH', `${draft}finish_sync/`, ({ body }, { list_id: id, version_id }) => {
			const list = lists.get(id);
			const members = list?.drafts.get(version_id);
			if (!list || !members) return { ...versionNotFound(version_id, id), status: 400 };
			list.drafts.delete(version_id);
			list.members = members;
			return {
				...json(201, { ...shown(list), version_id: null }),
				accepted: [{ kind: 'list replace', body, name: list.list_id }],
			};
		}),
		on('PATCH', `${draft}delete/`, (_request, { list_id: id, version_id }) =>
			lists.get(id)?.drafts.delete(version_id) === true
				? json(200, { success: true })
				: versionNotFound(version_id, id),
		),
	];
}
