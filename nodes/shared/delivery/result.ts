import { z } from 'zod/v4';

const requestSchema = z.object({
	method: z.string(),
	url: z.string(),
	headers: z.record(z.string(), z.string()),
	body: z.unknown().optional(),
});

/**
 * What a sender says of one item; the items it emits, and what the build writes into each operation's
 * `__schema__`, from which n8n offers the fields before the node has run.
 */
export const resultSchema = z.object({
	provider: z.string(),
	operation: z.string(),
	status: z.enum(['delivered', 'skipped', 'previewed', 'failed']),
	/** Absent only when the item could not be read as an event. */
	messageId: z.string().optional(),
	statusCode: z.number().int().optional(),
	/** How many requests this item was part of. */
	attempts: z.number().int(),
	batch: z.object({ index: z.number().int(), size: z.number().int() }).optional(),
	/** With Preview Only, at the first item of each batch. */
	request: requestSchema.optional(),
	/** With Preview Only: what would have to go through first, e.g. to create the customer. */
	requestBefore: requestSchema.optional(),
	/** The provider's answer, as it came. */
	response: z.unknown().optional(),
	warnings: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
	/** Why the item was skipped or failed. */
	reason: z
		.object({
			code: z.string(),
			message: z.string(),
			description: z.string().optional(),
			requestId: z.string().optional(),
			retryable: z.boolean().optional(),
			retryAfterMs: z.number().optional(),
			mayHaveBeenReceived: z.boolean().optional(),
		})
		.optional(),
});

export type Result = z.infer<typeof resultSchema>;
