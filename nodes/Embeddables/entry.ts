import { jsonParse } from 'n8n-workflow';
import { z } from 'zod/v4';
import { isObject } from '../shared';

/** An entry as public programs read it. Embeddables doesn't document it. */
export const entrySchema = z.object({
	entry_id: z.string(),
	embeddable_id: z.string(),
	created_at: z.string(),
	updated_at: z.string(),
	/** Everything the user has entered, and the pages they have reached. */
	entry_data: z.record(z.string(), z.unknown()),
});

/** Parses an entry's `entry_data`, which is JSON text. Returns anything else as it is. */
export function withParsedData<Entry>(entry: Entry): Entry {
	if (!isObject(entry) || typeof entry.entry_data !== 'string') return entry;
	const { entry_data } = entry;
	return { ...entry, entry_data: jsonParse<unknown>(entry_data, { fallbackValue: entry_data }) };
}
