/** How many of a trigger's latest ids are remembered. */
const mostInMemory = 50_000;
/** Stored with the workflow, and written anew with every request. */
const mostStored = 2_000;

/** The ids of the latest events, the oldest forgotten first. */
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

/** JavaScript keeps the whole text that a part was cut out of, for as long as the part. */
function copyOf(id: string): string {
	// In UTF-8, half of a surrogate pair would come back as another character.
	return Buffer.from(id, 'utf16le').toString('utf16le');
}

const inMemory = new Map<string, SeenIds>();

/** What one trigger has taken, for as long as this process lives. */
export function idsSeenBy(trigger: string): SeenIds {
	const known = inMemory.get(trigger) ?? new SeenIds(mostInMemory);
	inMemory.set(trigger, known);
	return known;
}

/** What one trigger has taken, as it is stored with the workflow. */
export function storedIds(staticData: { seenIds?: unknown }): SeenIds {
	const list: unknown[] = Array.isArray(staticData.seenIds) ? staticData.seenIds : [];
	return new SeenIds(
		mostStored,
		list.filter((id) => typeof id === 'string'),
	);
}
