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

/** For items that were not tried any more after others had failed. */
export function notSent(failure: Failure, attempts: number): Failure {
	const { mayHaveBeenReceived: _, ...rest } = failure;
	const again = attempts > 0 ? ' again' : '';
	return {
		...rest,
		description: `This item was not sent${again}, because others before it failed like this. Run it again once the cause is gone.`,
	};
}

/** For items that were still to be sent when the execution was stopped. */
export function cancelled(attempts: number): Failure {
	const wasSent = attempts > 0;
	return {
		code: 'cancelled',
		message: `The execution was stopped before this item was sent${wasSent ? ' again' : ''}`,
		description: wasSent
			? 'Look at the service before you send it again.'
			: 'Nothing was sent for this item. Send it again.',
		retryable: true,
	};
}

/** For what stops a run before or between its requests: a missing credential, a broken expression. */
export function setUpFailure(error: unknown): Failure {
	return {
		code: 'misconfigured',
		message: messageOf(error),
		description: descriptionOf(error) ?? 'Correct the settings of this node, then run it again.',
		retryable: false,
	};
}

/** For an item whose parameters hold an expression that fails, or name a field that it does not have. */
export function unreadableItem(error: unknown): Failure {
	return {
		code: 'unreadable_item',
		message: `The item cannot be read: ${messageOf(error)}`,
		description: descriptionOf(error) ?? 'Correct the expressions of this node, or the item that they read.',
		retryable: false,
	};
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function descriptionOf(error: unknown): string | undefined {
	const description = error instanceof Error && 'description' in error ? error.description : undefined;
	return typeof description === 'string' && description !== '' ? description : undefined;
}
