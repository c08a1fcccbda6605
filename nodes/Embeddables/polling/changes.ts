import { parseTime, text } from '../../shared';

/** An entry as Embeddables returns it. */
export type Entry = Record<string, unknown>;

/** Milliseconds. Includes the start, but not the end. */
export interface Span {
	from: number;
	to: number;
}

/** Reads entries that were updated in a span, at most `mostInOneRequest`. May return some beyond it. */
export type ReadEntries = (span: Span) => Promise<Entry[]>;

/** What is remembered between two polls. */
export interface Progress {
	/** Everything that was updated before has been read. Milliseconds. */
	since: number;
	/** The `updated_at` of entries that were read, by their ID. Only those that later polls have to recognize. */
	seen: Record<string, string>;
	/** Set while a poll couldn't read everything: entries that were created since this time and aren't in `seen` are new. */
	newSince?: number;
}

export interface Change {
	entry: Entry;
	/** Whether the entry itself is new, not only its answers. */
	isNew: boolean;
	/** Milliseconds. */
	updatedAt: number;
}

/** Embeddables returns up to 1,000 entries, but a response is read up to 5 MB. Nothing shows how to get the other entries. */
export const mostInOneRequest = 250;

/** A poll that has found so many leaves the rest to the next one. */
const mostChanges = 5000;

/** How far each poll goes back, since an entry can become visible later than its time says. Milliseconds. */
export const overlap = 60_000;

/**
 * Reads what has changed since the last poll, oldest first. Each change is found once, also if many have the same time.
 * @param isTimeUp leaves the rest to the next poll, once something was found
 * @throws if reading fails before anything was found
 */
export async function readChanges(
	read: ReadEntries,
	{ since, seen, newSince = since - overlap }: Progress,
	isTimeUp = () => false,
): Promise<{ changes: Change[]; progress: Progress }> {
	const changes: Change[] = [];
	const known = { ...seen };
	let readUntil = since;
	let isComplete = false;
	const readAll = async () => {
		for await (const { entries, span } of readInParts(read, { from: since - overlap, to: Infinity })) {
			// All of them first: if one can't be read, none of this part counts.
			const found = entries.map((entry) => changeOf(entry, newSince, seen));
			for (const change of found) {
				if (change.updatedAt < span.from || change.updatedAt >= span.to) continue;
				const [id, version] = identityOf(change.entry);
				if (known[id] !== version) changes.push(change);
				known[id] = version;
				readUntil = Math.max(readUntil, change.updatedAt);
			}
			if (span.to !== Infinity) readUntil = Math.max(readUntil, span.to);
			isComplete = span.to === Infinity;
			if (changes.length >= mostChanges || (changes.length > 0 && isTimeUp())) return;
		}
	};
	const failure = await readAll().catch((error: unknown) => ({ error }));
	// What was found before a failure is complete. The next poll goes on from there.
	if (failure !== undefined && changes.length === 0) throw failure.error;
	changes.sort((a, b) => a.updatedAt - b.updatedAt);
	const progress = isComplete
		? { since: readUntil, seen: recent(known, readUntil - overlap) }
		: { since: readUntil, seen: recent(known, newSince), newSince };
	return { changes, progress };
}

/** Halves a span until one request returns all of it. Yields the parts in order. */
async function* readInParts(read: ReadEntries, span: Span): AsyncGenerator<{ entries: Entry[]; span: Span }> {
	const open = [span];
	for (let part = open.pop(); part !== undefined; part = open.pop()) {
		const entries = await read(part);
		if (entries.length < mostInOneRequest) {
			yield { entries, span: part };
			continue;
		}
		const middle = middleOf(entries, part);
		open.push({ from: middle, to: part.to }, { from: part.from, to: middle });
	}
}

/** Returns a time within the span, so that both halves are shorter and neither is empty. */
function middleOf(entries: readonly Entry[], { from, to }: Span): number {
	const times = entries
		.map(updatedAt)
		.filter((time) => time > from && time < to)
		.sort((a, b) => a - b);
	const middle = times[Math.floor(times.length / 2)];
	if (middle !== undefined) return middle;
	throw new Error(
		`The trigger can't read more than ${mostInOneRequest} entries that changed at the same time, ${new Date(from).toISOString()}. To skip these entries and continue, set 'Start From' to a later time.`,
	);
}

function changeOf(entry: Entry, newSince: number, seen: Progress['seen']): Change {
	const createdAt = parseTime(entry.created_at, 'utc');
	const [id] = identityOf(entry);
	const isNew = createdAt !== undefined && createdAt >= newSince && !(id in seen);
	return { entry, isNew, updatedAt: updatedAt(entry) };
}

/** An entry's ID and its version. */
function identityOf(entry: Entry): [id: string, version: string] {
	return [String(entry.entry_id), text(entry.updated_at) ?? String(updatedAt(entry))];
}

/** @throws if there is no time, since the entry would be found again by every poll */
function updatedAt(entry: Entry): number {
	const time = parseTime(entry.updated_at, 'utc') ?? parseTime(entry.created_at, 'utc');
	if (time !== undefined) return time;
	throw new Error(`Entry ${String(entry.entry_id)} has no valid updated_at`);
}

function recent(seen: Progress['seen'], from: number): Progress['seen'] {
	return Object.fromEntries(
		Object.entries(seen).filter(([, version]) => (parseTime(version, 'utc') ?? Infinity) >= from),
	);
}
