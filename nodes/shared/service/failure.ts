import { omit } from 'lodash';

/** Why an item wasn't delivered. The codes are public and stable; `docs/errors.md` lists them. */
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
	/** What the user can do about it. */
	description: string;
	statusCode?: number;
	/** The service's ID of the request, for its support team. */
	requestId?: string;
	/** Whether the same record may succeed later. */
	retryable: boolean;
	/** How long the service asked to wait. */
	retryAfterMs?: number;
	/** Whether the service may have processed the request although it failed. */
	mayHaveBeenReceived?: boolean;
}

/** Returns the failure without the doubt whether the service received the request. */
export function notReceived(failure: Failure): Failure {
	return omit(failure, 'mayHaveBeenReceived');
}

/** The failure of a record that was not sent because earlier requests failed in a way that affects all. */
export function notSent(failure: Failure, attempts: number): Failure {
	const again = attempts > 0 ? ' again' : '';
	return {
		...notReceived(failure),
		description: `This item was not sent${again} because earlier items failed for the same reason. Fix the cause first, then send this item again.`,
	};
}

/** The failure of a record that was waiting when the execution stopped. */
export function cancelled(attempts: number): Failure {
	const wasSent = attempts > 0;
	return {
		code: 'cancelled',
		message: `The execution was stopped before this item was sent${wasSent ? ' again' : ''}`,
		description: wasSent
			? 'The service might have received this item earlier. Check the service before you send the item again.'
			: 'Nothing was sent for this item. Send the item again.',
		retryable: true,
	};
}

/** The failure of a whole run, such as a missing credential or a broken expression in the options. */
export function setUpFailure(error: unknown): Failure {
	return {
		code: 'misconfigured',
		message: messageOf(error),
		description: descriptionOf(error) ?? "Correct the node's settings, then run the node again.",
		retryable: false,
	};
}

/** The failure of one item whose parameters can't be evaluated. */
export function unreadableItem(error: unknown): Failure {
	return {
		code: 'unreadable_item',
		message: `The item can't be read: ${messageOf(error)}`,
		description:
			descriptionOf(error) ?? "Correct the node's expressions, or the data that they read from the item.",
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
