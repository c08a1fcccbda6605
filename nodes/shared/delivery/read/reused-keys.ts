import { createHash } from 'node:crypto';
import type { Warning } from '../../event';
import type { InputPosition, PreparedRecord } from '../stages';

/** How many keys of a run to remember, about 5 MB. The oldest are forgotten first. */
const mostKeys = 25_000;

interface KeyUse {
	/** Without the event, which would stay in memory. */
	place: InputPosition;
	/** A digest of what was sent under the key. */
	content: string;
}

/**
 * Finds different records of a run with the same idempotency key. The service treats the later ones as repetitions
 * and skips them.
 */
export class ReusedKeys {
	private readonly uses = new Map<string, KeyUse>();
	/** One iterator for all, because a new one would walk over every deleted key again. */
	private readonly oldestFirst = this.uses.keys();

	/** Returns the record, with a warning if another one before it had its key. */
	check(record: PreparedRecord): PreparedRecord {
		const found = record.operation.idempotency?.(record.record, record.json);
		if (found === undefined) return record;
		const content = createHash('sha256').update(found.content).digest('base64');
		const earlier = this.uses.get(found.key);
		if (earlier === undefined) {
			const { itemIndex, listIndex } = record.position;
			this.remember(found.key, { place: { itemIndex, listIndex }, content });
			return record;
		}
		if (earlier.content === content) return record;
		return { ...record, warnings: [reused(earlier.place, record.position), ...record.warnings] };
	}

	private remember(key: string, use: KeyUse): void {
		this.uses.set(key, use);
		if (this.uses.size <= mostKeys) return;
		const { value: oldest } = this.oldestFirst.next();
		if (oldest !== undefined) this.uses.delete(oldest);
	}
}

function reused(earlier: InputPosition, later: InputPosition): Warning {
	const message = `${nameOf(earlier)} and ${nameOf(later)} differ, but have the same idempotency key, so the service skips one of them. Give each event its own "messageId". In 'Idempotency Key', use an expression that returns a different key for each item, or leave the field empty.`;
	return { path: 'messageId', code: 'key_reused', message };
}

function nameOf({ itemIndex, listIndex }: InputPosition): string {
	return listIndex === undefined ? `Item ${itemIndex}` : `Item ${itemIndex} (event ${listIndex})`;
}
