import { sleep, type IWebhookFunctions } from 'n8n-workflow';
import type { CanonicalEvent } from '../event';
import type { Converted } from '../formats';
import type { TriggerOptions } from './options';

/**
 * Drops events that came in earlier requests, by the IDs that the sender gave them, and remembers the others. When
 * another request with the same IDs is still being answered, waits for that answer: it may still fail, and then the
 * events of this one count.
 * @returns undefined if the other answer takes too long
 */
export async function dropDuplicates(
	context: IWebhookFunctions,
	triggerId: string,
	{ events, sendersIds }: Pick<Converted, 'events' | 'sendersIds'>,
	duplicates: TriggerOptions['duplicates'],
): Promise<CanonicalEvent[] | undefined> {
	// People send the same event again and again while they try out a workflow.
	if (duplicates === 'keep' || context.getMode() === 'manual') return events;
	const keyOf = (id: string) => `${triggerId}:${id}`;
	if (!(await othersAreAnswered([...sendersIds].map(keyOf)))) return undefined;

	const seen = idsSeenBy(triggerId);
	const staticData = context.getWorkflowStaticData('node');
	const stored = duplicates === 'stored' ? storedIds(staticData) : undefined;
	const isDuplicate = ({ messageId }: CanonicalEvent) =>
		sendersIds.has(messageId) && (seen.has(messageId) || stored?.has(messageId) === true);
	const fresh = events.filter((event) => !isDuplicate(event));
	const freshIds = fresh.map(({ messageId }) => messageId).filter((id) => sendersIds.has(id));

	const response = context.getResponseObject();
	// A sender that has hung up gets no answer.
	const answered = response.closed ? () => {} : markUnanswered(freshIds.map(keyOf));
	// Only once the sender has its reply: n8n may still fail to store the events, and then the sender retries.
	response.once('finish', () => {
		if (response.statusCode < 300) seen.add(freshIds);
	});
	// Comes after 'finish', and also when the sender hangs up.
	response.once('close', answered);
	if (stored !== undefined && freshIds.length > 0) {
		// n8n saves this together with the execution, so it can't hold events that were lost.
		stored.add(freshIds);
		staticData.seenIds = stored.toList();
	}
	return fresh;
}

/** How long to wait for the answer to another request, in milliseconds. */
const longestWaitMs = 5_000;

/** The IDs in requests without an answer yet. Each promise settles when its request is answered. */
const unanswered = new Map<string, Promise<void>>();

/** Waits until no other request with these IDs is being answered. Returns false when that takes too long. */
async function othersAreAnswered(keys: readonly string[]): Promise<boolean> {
	const deadline = Date.now() + longestWaitMs;
	for (;;) {
		const others = keys.flatMap((key) => unanswered.get(key) ?? []);
		const left = deadline - Date.now();
		if (others.length === 0) return true;
		if (left <= 0) return false;
		// Several can wait for the same answer, and the first to go on makes the others wait again.
		await Promise.race([Promise.all(others), sleep(left)]);
	}
}

function markUnanswered(keys: readonly string[]): () => void {
	let settle = () => {};
	const answer = new Promise<void>((resolve) => (settle = resolve));
	for (const key of keys) unanswered.set(key, answer);
	return () => {
		for (const key of keys) unanswered.delete(key);
		settle();
	};
}

/** How many of a trigger's latest IDs to keep in memory. */
const mostInMemory = 50_000;
/** How many to store with the workflow, which n8n saves after every request. */
const mostStored = 2_000;

/** The IDs of the latest events. Forgets the oldest first. */
export class SeenIds {
	private readonly ids: Set<string>;

	constructor(
		private readonly most: number,
		ids: Iterable<string> = [],
	) {
		this.ids = new Set(ids);
	}

	has(id: string): boolean {
		return this.ids.has(id);
	}

	add(ids: Iterable<string>): void {
		for (const id of ids) {
			this.ids.delete(id);
			this.ids.add(copyOf(id));
		}
		for (const oldest of this.ids) {
			if (this.ids.size <= this.most) break;
			this.ids.delete(oldest);
		}
	}

	toList(): string[] {
		return [...this.ids];
	}
}

/** Copies the ID: JavaScript would keep the whole request body in memory as long as a part of it. */
function copyOf(id: string): string {
	// UTF-8 would change half of a surrogate pair to another character.
	return Buffer.from(id, 'utf16le').toString('utf16le');
}

const inMemory = new Map<string, SeenIds>();

/** The IDs that a trigger has accepted since this process started. */
export function idsSeenBy(trigger: string): SeenIds {
	const known = inMemory.get(trigger) ?? new SeenIds(mostInMemory);
	inMemory.set(trigger, known);
	return known;
}

/** The IDs that a trigger has stored with its workflow. */
export function storedIds(staticData: { seenIds?: unknown }): SeenIds {
	const list: unknown[] = Array.isArray(staticData.seenIds) ? staticData.seenIds : [];
	return new SeenIds(
		mostStored,
		list.filter((id) => typeof id === 'string'),
	);
}
