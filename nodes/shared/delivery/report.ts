import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type NodeError,
} from 'n8n-workflow';

import type { Warning } from '../event';
import type { Failure, FailureCode } from './failure';
import type { Outcome } from './outcome';
import type { Operation, Provider } from './provider';
import type { Result } from './result';
import type { Summary } from './summary';

/** Whose outcomes they are. */
interface Origin {
	/** As the node's parameters name it, e.g. `event:send`. */
	name: string;
	provider: Provider;
	/** Absent when it is the choice of the operation that failed. */
	operation: Operation | undefined;
}

/**
 * One output item an input item, in input order, or as many as the service's answer lists. Failed ones leave
 * as the node's "On Error" setting says: on the error output with the whole item, as a result of their own, or
 * as the error that stops the workflow, which happens only after everything that could be delivered was.
 */
export function report(
	context: IExecuteFunctions,
	outcomes: readonly Outcome[],
	origin: Origin,
): INodeExecutionData[][] {
	const failed = outcomes.filter(isFailed);
	const [firstFailed] = failed;
	const previewed = outcomes.some(({ status }) => status === 'previewed');
	if (firstFailed !== undefined && !previewed && !context.continueOnFail()) {
		throw toError(context, firstFailed, summaryOf(outcomes, origin.operation));
	}

	const toItem = (json: IDataObject, { place }: Outcome) => ({ json, pairedItem: { item: place.itemIndex } });
	const toItems = (outcome: Outcome) =>
		toResults(outcome, origin).map((result) => toItem(result as IDataObject, outcome));
	const total = outcomes.length;
	if (previewed) hintAtPreview(context);
	if (firstFailed !== undefined) {
		const { place, failure } = firstFailed;
		hintAtFailures(context, {
			previewed,
			failed: failed.length,
			total,
			item: place.itemIndex,
			reason: failure.message,
		});
	}
	const [first] = outcomes;
	if (first?.status === 'skipped' && outcomes.every(({ status }) => status === 'skipped')) {
		hintAtSkipped(context, total, first.reason.message);
	}
	hintAtWarnings(context, outcomes.flatMap(warningsOf));
	if (context.getNode().onError !== 'continueErrorOutput') {
		return [outcomes.flatMap(toItems)];
	}
	// n8n moves items of just this field to the error output and puts the input item's own fields
	// beside them, so the event can be sent again as it is. They come last because "Retry On Fail" takes
	// an `error` on the first item for a failure of the whole node and sends everything once more.
	const others = outcomes.filter((outcome) => !isFailed(outcome));
	return [
		[
			...others.flatMap(toItems),
			...failed.map((outcome) => {
				const { message } = outcome.failure;
				return toItem({ error: { message, ...toResult(outcome, origin) } as IDataObject }, outcome);
			}),
		],
	];
}

/**
 * The one item that a whole run ends in. When nothing at all went through, the node has failed, and it says so
 * as its "On Error" setting asks.
 */
export function reportSummary(context: IExecuteFunctions, summary: Summary): INodeExecutionData[][] {
	const { status, total, failure, failed_records } = summary;
	const [first] = failed_records;
	// Linked to the first item alone: a link to each of 100,000 would outweigh the summary.
	const toItem = (json: IDataObject) => ({ json, pairedItem: { item: 0 } });
	const previewed = status === 'previewed';
	if (previewed) hintAtPreview(context);
	if (first !== undefined) {
		hintAtFailures(context, { previewed, failed: failure, total, item: first.item, reason: first.error });
	}
	hintAtWarnings(context, summary.warnings);
	if (first?.details !== undefined && status === 'fail' && !wouldDouble(context, summary)) {
		if (context.getNode().onError === 'continueErrorOutput') {
			return [[toItem({ error: { message: first.error, ...summary } })]];
		}
		if (!context.continueOnFail()) {
			const outcome = { place: { itemIndex: first.item }, failure: toFailure(first.details, first.code) };
			throw toError(context, outcome, `None of ${total} went through.`);
		}
	}
	return [[toItem({ ...summary })]];
}

/** Whether n8n, told that the node has failed, would run it again and send what may have been received. */
function wouldDouble(context: IExecuteFunctions, { failed_records }: Summary): boolean {
	const unsure = failed_records.some(({ details }) => details?.mayHaveBeenReceived === true);
	return unsure && context.getNode().retryOnFail === true;
}

function toFailure(reason: NonNullable<Result['reason']>, code: number | string): Failure {
	return { ...(reason as Failure), ...(typeof code === 'number' ? { statusCode: code } : {}) };
}

interface Failures {
	previewed: boolean;
	failed: number;
	total: number;
	/** The first one's place and reason. */
	item: number;
	reason: string;
}

/** Shown above the node's output, where a single failed item among many would go unnoticed. */
function hintAtFailures(
	context: IExecuteFunctions,
	{ previewed, failed, total, item, reason }: Failures,
): void {
	const fate = previewed ? 'would not be sent' : failed === 1 ? 'was not delivered' : 'were not delivered';
	const message = `${failed} of ${total} ${fate}. The first (item ${item}): ${reason}`;
	context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
}

/** An option that was left on would otherwise lose events in silence. */
function hintAtPreview(context: IExecuteFunctions): void {
	const message = "'Preview Only' is on: nothing was sent.";
	context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
}

function hintAtSkipped(context: IExecuteFunctions, total: number, reason: string): void {
	const message = `${total === 1 ? 'The item was' : `All ${total} items were`} skipped: ${reason}`;
	context.addExecutionHints({ message, location: 'outputPane', type: 'info' });
}

function hintAtWarnings(context: IExecuteFunctions, [first]: ReadonlyArray<{ message: string }>): void {
	if (first === undefined) return;
	const message = `There are warnings, under 'warnings' in the output. The first: ${first.message}`;
	context.addExecutionHints({ message, location: 'outputPane', type: 'info' });
}

function warningsOf(outcome: Outcome): Warning[] {
	return 'warnings' in outcome ? outcome.warnings : [];
}

type FailedOutcome = Extract<Outcome, { status: 'failed' }>;

function isFailed(outcome: Outcome): outcome is FailedOutcome {
	return outcome.status === 'failed';
}

function toResults(outcome: Outcome, origin: Origin): Result[] {
	const result = toResult(outcome, origin);
	const readResults = origin.operation?.readResults;
	if (outcome.status !== 'delivered' || readResults === undefined) return [result];
	return readResults(outcome.response).map((response) => ({ ...result, response }));
}

function toResult(outcome: Outcome, { provider, operation, name }: Origin): Result {
	const { place: _, messageId, ...result } = outcome;
	const about = {
		provider: provider.displayName,
		operation: name,
		// Near the front: the editor's table shows it at once.
		status: result.status,
		// An id of our own says nothing to a service that is sent no event.
		...(operation?.fromEvent === undefined ? {} : { messageId }),
	};
	if (result.status !== 'failed') return { ...about, ...result };
	const { failure, repeatable: __, ...rest } = result;
	const { statusCode, ...reason } = failure;
	return { ...about, ...rest, ...(statusCode === undefined ? {} : { statusCode }), reason };
}

function toError(
	context: IExecuteFunctions,
	{ place: { itemIndex }, failure }: Pick<FailedOutcome, 'place' | 'failure'>,
	summary: string,
): NodeApiError | NodeOperationError {
	const { code, message, statusCode } = failure;
	const description = `${failure.description} ${summary}`;
	const node = context.getNode();
	if (foundHere.has(code)) return new NodeOperationError(node, message, { itemIndex, description });
	return new NodeApiError(
		node,
		{},
		{ itemIndex, message, description, httpCode: statusCode?.toString(), failure: declare(failure) },
	);
}

/** The failure in the terms that n8n itself understands. */
function declare({ code, retryAfterMs }: Failure): NodeError['failure'] {
	switch (code) {
		case 'rate_limited':
			return { cause: 'rate-limited', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
		case 'unavailable':
		case 'unreachable':
		case 'timed_out':
		case 'connection_lost':
			return { cause: 'temporarily-unavailable', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
		case 'unauthorized':
			return { cause: 'credential-invalid' };
		case 'bad_certificate':
		case 'unexpected_answer':
			return { cause: 'configuration-invalid' };
		default:
			return undefined;
	}
}

/** Found before anything was sent, so not an error of the provider's API. */
const foundHere = new Set<FailureCode>([
	'invalid_event',
	'invalid_record',
	'record_too_large',
	'unreadable_item',
	'misconfigured',
]);

const onErrorHint =
	"Set 'On Error' in the node's settings to 'Continue (using error output)', and failed items leave on an output of their own, while the rest of the workflow goes on.";

/** What became of the whole run, for the one message that a stopped workflow shows. */
function summaryOf(outcomes: readonly Outcome[], operation: Operation | undefined): string {
	if (outcomes.length === 1) return onErrorHint;
	const count = (status: Outcome['status']) => outcomes.filter((outcome) => outcome.status === status).length;
	const failedItems = outcomes.filter(isFailed).map(({ place }) => place.itemIndex);
	const listed = failedItems.slice(0, 20).join(', ') + (failedItems.length > 20 ? ', …' : '');
	const delivered = count('delivered');
	const counts = `${delivered} delivered, ${count('skipped')} skipped, ${failedItems.length} not delivered`;
	const countsTwice = delivered > 0 && operation?.repeating !== 'harmless';
	return [
		`Of ${outcomes.length} items: ${counts} (positions, counted from 0: ${listed}).`,
		...(countsTwice ? ['Send only those again: what was delivered would count twice.'] : []),
		onErrorHint,
	].join(' ');
}
