import { jsonParse } from 'n8n-workflow';
import { z } from 'zod/v4';
import { isObject } from '../shared';

/** As public programs read it; the vendor documents no entry. */
export const entrySchema = z.object({
	entry_id: z.string(),
	embeddable_id: z.string(),
	created_at: z.string(),
	updated_at: z.string(),
	/** All that the person has entered, and which pages they have reached. */
	entry_data: z.record(z.string(), z.unknown()),
});

/** An entry's `entry_data` comes as JSON text. Whatever else comes stays as it is. */
export function withParsedData(entry: unknown): unknown {
	if (!isObject(entry) || typeof entry.entry_data !== 'string') return entry;
	const { entry_data } = entry;
	return { ...entry, entry_data: jsonParse<unknown>(entry_data, { fallbackValue: entry_data }) };
}
