import type { Checked } from '../checked';
import type { Warning } from '../event';
import type { Fields } from '../parameters';
import type { ItemFile, Operation, Prerequisite, Subject } from '../service/definition';
import type { EntityView } from '../service/entities';
import type { Failure } from '../service/failure';

/** What the stages of a delivery hand to each other: read → `Input` → `PreparedRecord` → send → `Outcome` → report. */

/** Which input an outcome belongs to. */
export interface InputPosition {
	itemIndex: number;
	/** The position in the item's list of events, where it has one. */
	listIndex?: number;
	/** The event or the item as it was given. Only for summaries, which list what failed in full. */
	event?: unknown;
}

/** One thing to deliver, as the read stage finds it. */
export interface Input {
	position: InputPosition;
	content: { event: unknown } | { fields: Fields };
	/** Reads the parameters that apply in both mapping modes. */
	settings: Fields;
	/** The ID under which an earlier try sent this event, if it had none of its own. */
	earlierId?: string;
	/** Reads a file from a binary field. Throws when there is none. */
	file(field: string): ItemFile;
}

/** An input, or its outcome when there is nothing to send: it can't be read, or an earlier try has settled it. */
export type ReadInput = Checked<Input, Outcome>;

/** A checked record, ready to be sent. */
export interface PreparedRecord<R extends object = object> {
	position: InputPosition;
	messageId: string;
	/** What accepts the record: the chosen operation, or the one for events of this type. */
	operation: Operation;
	record: R;
	/** The record as JSON, serialized once. */
	json: string;
	/** UTF-8 bytes of `json`. */
	bytes: number;
	/** Records with the same key are sent one after the other. Undefined: no order to keep. */
	orderKey: string | undefined;
	/** Whether to send it again when it may have arrived already. */
	resendable: boolean;
	prerequisite?: Prerequisite;
	subject?: Subject;
	/** For reads: how much of the response to return. */
	view?: EntityView;
	warnings: Warning[];
}

/** How a record travelled with others, for services that accept several in one request. */
export interface BatchInfo {
	index: number;
	size: number;
}

/** A request as it would be sent, with secrets masked. */
export interface PreviewedRequest {
	method: string;
	url: string;
	headers: Record<string, string>;
	body?: unknown;
}

interface OutcomeBase {
	position: InputPosition;
	messageId?: string;
	/** The operation that accepted the event, where it isn't the chosen one. */
	operation?: Operation;
	subject?: Subject;
	/** How many requests it was part of. */
	attempts: number;
}

/** What happened to one input. */
export type Outcome = OutcomeBase &
	(
		| {
				status: 'delivered';
				statusCode: number;
				batch?: BatchInfo;
				response: unknown;
				/** For reads: what to return in place of a result. */
				entities?: unknown[];
				warnings: Warning[];
		  }
		| {
				status: 'previewed';
				batch?: BatchInfo;
				/** The batch's request, at its first record. */
				request?: PreviewedRequest;
				/** The prerequisite's request, at the first record that needs it. */
				requestBefore?: PreviewedRequest;
				warnings: Warning[];
		  }
		| {
				status: 'skipped';
				reason: { code: 'integrations' | 'event_type'; message: string };
				warnings?: Warning[];
		  }
		| {
				status: 'failed';
				failure: Failure;
				warnings?: Warning[];
				/** For records that were sent: whether they may be sent again when they may have arrived. */
				resendable?: boolean;
		  }
	);

export type FailedOutcome = Extract<Outcome, { status: 'failed' }>;

/** The outcome of an input that failed before it was sent. */
export function failedUnsent(position: InputPosition, failure: Failure, messageId?: string): Outcome {
	return { position, messageId, status: 'failed', failure, attempts: 0 };
}

/** The `warnings` of an outcome without a delivery, which has none unless there is one. */
export function warningsOf(warnings: Warning[] = []): { warnings?: Warning[] } {
	return warnings.length === 0 ? {} : { warnings };
}
