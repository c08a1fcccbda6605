import { isUndefined, omit, omitBy } from 'lodash';
import { z } from 'zod/v4';
import { isObject } from '../../event';
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
	status: z.enum(['delivered', 'skipped', 'previewed', 'failed']),
	/** Whom the record is about, where the service knows people. */
	userId: z.string().optional(),
	/** The event's name, as it was sent. */
	event: z.string().optional(),
	/** The service's response. */
	response: z.unknown().optional(),
	/** With Preview Only, at the first item of each batch. */
	request: requestSchema.optional(),
	/** With Preview Only: a request that must succeed first, such as one that creates the customer. */
	requestBefore: requestSchema.optional(),
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
	/** Missing only when the item couldn't be read as an event. */
	messageId: z.string().optional(),
	/** The key under which the service has the record, where it can be found by it. */
	idempotencyKey: z.string().optional(),
	/** Missing when there are none. */
	warnings: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
	statusCode: z.number().int().optional(),
	/** How many requests this item was part of. */
	attempts: z.number().int(),
	batch: z.object({ index: z.number().int(), size: z.number().int() }).optional(),
	service: z.string(),
	operation: z.string(),
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

/** The output items of one input: its result, or the entities that a read returns. */
export function toItems(outcome: Outcome, origin: Origin): object[] {
	if (outcome.status === 'delivered' && outcome.entities !== undefined) return outcome.entities.map(toEntity);
	return [toResult(outcome, origin)];
}

/** n8n takes an item whose JSON has an `error` for a failed one, so such an entity goes under `data`. */
function toEntity(entity: unknown): object {
	return isObject(entity) && !('error' in entity) ? entity : { data: entity };
}

/** What happened to one input. The keys that users look for come first. */
export function toResult(outcome: Outcome, { provider, operation, name }: Origin): ResultItem {
	const { status, subject, messageId, warnings = [], attempts, operation: own } = outcome;
	const item: ResultItem = {
		status,
		userId: subject?.userId,
		event: subject?.event,
		...answerOf(outcome),
		// The ID is only useful for operations that send events.
		messageId: operation?.record.fromEvent === undefined ? undefined : messageId,
		idempotencyKey: subject?.idempotencyKey,
		warnings: warnings.length === 0 ? undefined : warnings,
		statusCode: statusCodeOf(outcome),
		attempts,
		batch: 'batch' in outcome ? outcome.batch : undefined,
		service: provider.displayName,
		operation: own === undefined ? name : operationName(own),
	};
	return omitBy(item, isUndefined) as ResultItem;
}

/** What the service answered, what would be sent to it, or why nothing was delivered. */
function answerOf(outcome: Outcome): Pick<ResultItem, 'response' | 'request' | 'requestBefore' | 'reason'> {
	switch (outcome.status) {
		case 'delivered':
			return { response: outcome.response };
		case 'previewed':
			return { request: outcome.request, requestBefore: outcome.requestBefore };
		case 'skipped':
			return { reason: outcome.reason };
		case 'failed':
			return { reason: omit(outcome.failure, 'statusCode') };
	}
}

function statusCodeOf(outcome: Outcome): number | undefined {
	if (outcome.status === 'failed') return outcome.failure.statusCode;
	return outcome.status === 'delivered' ? outcome.statusCode : undefined;
}
