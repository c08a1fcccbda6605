import { z } from 'zod/v4';
import type { Operation, Provider } from '../../service/definition';
import { operationName } from '../../service/operations';
import type { Outcome } from '../stages';

const requestSchema = z.object({
	method: z.string(),
	url: z.string(),
	headers: z.record(z.string(), z.string()),
	body: z.unknown().optional(),
});

/**
 * The JSON of an output item: what happened to one input. The build writes this schema into each operation's
 * `__schema__`, from which n8n offers the fields before the node has run.
 */
export const resultSchema = z.object({
	provider: z.string(),
	operation: z.string(),
	status: z.enum(['delivered', 'skipped', 'previewed', 'failed']),
	/** Missing only when the item couldn't be read as an event. */
	messageId: z.string().optional(),
	statusCode: z.number().int().optional(),
	/** How many requests this item was part of. */
	attempts: z.number().int(),
	batch: z.object({ index: z.number().int(), size: z.number().int() }).optional(),
	/** With Preview Only, at the first item of each batch. */
	request: requestSchema.optional(),
	/** With Preview Only: a request that must succeed first, such as one that creates the customer. */
	requestBefore: requestSchema.optional(),
	/** The service's response. */
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

export type ResultItem = z.infer<typeof resultSchema>;

/** Where outcomes come from. */
export interface Origin {
	provider: Provider;
	/** The operation's name in results, such as `event:send`. */
	name: string;
	/** Undefined when the package has no operation of that name. */
	operation: Operation | undefined;
}

/** The results of one input: one, or as many as the service's response lists. */
export function toResults(outcome: Outcome, origin: Origin): ResultItem[] {
	const result = toResult(outcome, origin);
	const { items } = origin.operation?.result ?? {};
	if (outcome.status !== 'delivered' || items === undefined) return [result];
	return items(outcome.response).map((response) => ({ ...result, response }));
}

export function toResult(outcome: Outcome, { provider, operation, name }: Origin): ResultItem {
	const { position: _, messageId, operation: own, ...result } = outcome;
	const about = {
		provider: provider.displayName,
		operation: own === undefined ? name : operationName(own),
		// Near the front, so that the editor's table shows it without scrolling.
		status: result.status,
		// The ID is only useful for operations that send events.
		...(operation?.record.fromEvent === undefined ? {} : { messageId }),
	};
	if (result.status !== 'failed') return { ...about, ...result };
	const { failure, resendable: __, ...rest } = result;
	const { statusCode, ...reason } = failure;
	return { ...about, ...rest, ...(statusCode === undefined ? {} : { statusCode }), reason };
}
