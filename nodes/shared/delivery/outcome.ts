import type { Warning } from '../event';
import type { Failure } from './failure';
import type { Operation } from './provider';

/** Why an item was left to others. */
export interface SkipReason {
	code: 'integrations' | 'event_type';
	message: string;
}

/** A request as it would go out, with secrets masked. */
export interface PreviewedRequest {
	method: string;
	url: string;
	headers: Record<string, string>;
	/** Absent from requests that have none. */
	body?: unknown;
}

/** Where in the input something to deliver stands. */
export interface Place {
	itemIndex: number;
	/** In the item's list of events, where it holds one. */
	position?: number;
	/** The event as it was given, for those who report it as a whole. */
	event?: unknown;
}

/** What became of one thing to deliver. `attempts` counts the requests that it was part of. */
export type Outcome = { place: Place; messageId?: string; attempts: number } & (
	| {
			status: 'delivered';
			statusCode: number;
			batch?: { index: number; size: number };
			response: unknown;
			warnings: Warning[];
	  }
	| {
			status: 'previewed';
			batch?: { index: number; size: number };
			/** With the first record of each batch: what would go out for it, and what would have to go before. */
			request?: PreviewedRequest;
			requestBefore?: PreviewedRequest;
			warnings: Warning[];
	  }
	| { status: 'skipped'; reason: SkipReason }
	| {
			status: 'failed';
			failure: Failure;
			/** For what was sent: whether it may be sent again although it may have arrived. */
			repeatable?: boolean;
	  }
);

/** What results say of the request that they travelled in, where the service takes many records in one. */
export function inBatch(
	{ limits }: Pick<Operation, 'limits'>,
	index: number,
	size: number,
): { batch?: { index: number; size: number } } {
	return limits !== undefined && limits.records > 1 ? { batch: { index, size } } : {};
}
