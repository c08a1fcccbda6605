import { credentials } from '../../credentials';
import { type FilledIn, OPENED_AT, type Person, timestamp } from '../provider';

interface Entry extends FilledIn {
	contact_id: string;
}

interface Selection {
	limit: number;
	offset: number;
	direction: 'ASC' | 'DESC';
	updated_after?: string;
	updated_before?: string;
}

const FIRST_PAGE = { page_id: 'page_sandbox', page_key: 'welcome', page_index: 0 };

const page = (prefix: 'current_page' | 'highest_page_reached') => ({
	[`${prefix}_key`]: FIRST_PAGE.page_key,
	[`${prefix}_id`]: FIRST_PAGE.page_id,
	[`${prefix}_index`]: FIRST_PAGE.page_index,
});

const entryData = ({ answers }: FilledIn): string =>
	JSON.stringify({ ...answers, ...page('current_page'), ...page('highest_page_reached') });

const isUnknown = (text: string): boolean => /unknown/i.test(text);

/** Whether a value is the JSON of a JSON string, `"\"a@b.c\""`. Embeddables' guide warns of this mistake. */
const isEscapedTwice = (value: unknown): boolean => typeof value === 'string' && /^".*"$/s.test(value);

/**
 * The people who filled in a flow. Any person has an entry, so that any traffic gets through, unless the embeddable, the key
 * or the value contains “unknown” or the value is escaped twice. Tests use these to provoke ENTRY_NOT_FOUND.
 */
export class Entries {
	private readonly all: Entry[] = [];
	private readonly byAnswer = new Map<string, Entry>();

	constructor(
		private readonly now: () => number,
		people: readonly Person[],
		private readonly given: ReadonlyMap<string, FilledIn> = new Map(),
	) {
		this.add('flow_myexampleflow', { email: 'test@test.com', user_id: 'user-1' }, OPENED_AT);
		this.add('flow_myexampleflow', { email: 'ada@example.test', user_id: 'user-2' }, OPENED_AT);
		this.add('flow_checkout', { email: 'grace@example.test', user_id: 'user-3' }, OPENED_AT);
		for (const { userId, email } of people) {
			this.add('flow_myexampleflow', { email, user_id: userId }, OPENED_AT);
		}
	}

	find(embeddableId: string, key: string, value: unknown): Entry | undefined {
		if ([embeddableId, key, String(value)].some(isUnknown) || isEscapedTwice(value)) return undefined;
		const known = this.byAnswer.get(JSON.stringify([embeddableId, key, value]));
		return known ?? this.add(embeddableId, { [key]: value }, timestamp(this.now));
	}

	list(selection: Selection): unknown[] {
		return this.select(selection, [...this.all, ...this.given.values()]).map((entry) => ({
			entry_id: entry.entry_id,
			embeddable_id: entry.embeddable_id,
			created_at: entry.created_at,
			updated_at: entry.updated_at,
			entry_data: entryData(entry),
		}));
	}

	listPageViews(selection: Selection): unknown[] {
		return this.select(selection, this.all).map((entry) => ({
			entry_id: entry.entry_id,
			project_id: credentials.embeddables.projectId,
			embeddable_id: entry.embeddable_id,
			contact_id: entry.contact_id,
			created_at: entry.created_at,
			updated_at: entry.updated_at,
			page_views: [{ timestamp: entry.created_at, ...FIRST_PAGE }],
		}));
	}

	/** The docs don't say whether the bounds are included. Here they aren't. */
	private select<E extends FilledIn>(
		{ limit, offset, direction, updated_after, updated_before }: Selection,
		entries: readonly E[],
	): E[] {
		const after = updated_after ? Date.parse(updated_after) : -Infinity;
		const before = updated_before ? Date.parse(updated_before) : Infinity;
		const chosen = entries.filter(({ updated_at }) => {
			const updatedAt = Date.parse(updated_at);
			return updatedAt > after && updatedAt < before;
		});
		if (direction === 'DESC') chosen.reverse();
		return chosen.slice(offset, offset + limit);
	}

	private add(embeddableId: string, answers: Record<string, unknown>, at: string): Entry {
		const number = this.all.length + 1;
		const entry: Entry = {
			entry_id: `entry_${number}`,
			contact_id: `contact_${number}`,
			embeddable_id: embeddableId,
			created_at: at,
			updated_at: at,
			answers,
		};
		this.all.push(entry);
		for (const answer of Object.entries(answers)) {
			this.byAnswer.set(JSON.stringify([embeddableId, ...answer]), entry);
		}
		return entry;
	}
}
