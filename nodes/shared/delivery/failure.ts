import type { Warning } from '../event';

/** Why an item was not delivered. The codes are public and stable; `docs/errors.md` lists them. */
export type FailureCode =
	| 'invalid_event'
	| 'invalid_record'
	| 'record_too_large'
	| 'unreadable_item'
	| 'misconfigured'
	| 'refused'
	| 'unauthorized'
	| 'not_found'
	| 'rate_limited'
	| 'unavailable'
	| 'unexpected_answer'
	| 'unreachable'
	| 'bad_certificate'
	| 'timed_out'
	| 'connection_lost'
	| 'cancelled';

export interface Failure {
	code: FailureCode;
	/** What happened, in one sentence. */
	message: string;
	/** How to get unstuck. */
	description: string;
	statusCode?: number;
	/** The provider's id of the request, for its support. */
	requestId?: string;
	/** Whether the same event may go through later. */
	retryable: boolean;
	/** How long the provider asked to wait. */
	retryAfterMs?: number;
	/** The connection broke after the request went out: it may have been carried out. */
	mayHaveBeenReceived?: boolean;
}

/** Why an item was left to others. */
export interface SkipReason {
	code: 'integrations' | 'event_type';
	message: string;
}

/** What became of one input item. */
export type Outcome = { itemIndex: number; messageId?: string; attempts: number } & (
	| {
			status: 'delivered';
			statusCode: number;
			batch?: { index: number; size: number };
			response: unknown;
			warnings: Warning[];
	  }
	| { status: 'skipped'; reason: SkipReason }
	| { status: 'failed'; failure: Failure }
);

/** For what stops a run before or between its requests: a missing credential, a broken expression. */
export function setUpFailure(error: unknown): Failure {
	return {
		code: 'misconfigured',
		message: messageOf(error),
		description: descriptionOf(error) ?? 'Correct the settings of this node, then run it again.',
		retryable: false,
	};
}

/** For an item whose parameters hold an expression that fails. */
export function unreadableItem(error: unknown): Failure {
	return {
		code: 'unreadable_item',
		message: `The parameters cannot be worked out for this item: ${messageOf(error)}`,
		description: descriptionOf(error) ?? 'Correct the expressions of this node, or the item that they read.',
		retryable: false,
	};
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function descriptionOf(error: unknown): string | undefined {
	const { description } = error as { description?: unknown };
	return typeof description === 'string' && description !== '' ? description : undefined;
}
