import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Operation } from '../../service/definition';
import type { Failure } from '../../service/failure';
import { addHint } from '../../shown';
import type { FailedOutcome, Outcome } from '../stages';
import { toNodeError } from './error';
import { toItems, toResult, type Origin, type ResultItem } from './result';
import type { Summary, SummaryItem } from './summary';
import { countWarning, describeWarnings, type ItemWarning, type WarningCounts } from './warnings';

/**
 * Returns the output items, in input order. Failed ones follow the node's "On Error" setting: an item on the
 * error output, a result among the others, or the error that stops the workflow. That error is thrown only
 * after everything else was delivered.
 */
export function reportItems(
	context: IExecuteFunctions,
	outcomes: readonly Outcome[],
	origin: Origin,
): INodeExecutionData[][] {
	const failed = outcomes.filter(isFailed);
	const [firstFailed] = failed;
	const previewed = outcomes.some(isPreviewed);
	if (firstFailed !== undefined && !previewed && !context.continueOnFail()) {
		const { position, failure } = firstFailed;
		throw toNodeError(context, position.itemIndex, failure, describeRun(outcomes, origin.operation));
	}

	addHints(context, outcomes, failed, previewed);
	const toItem = (json: IDataObject, { position }: Outcome) => ({
		json,
		pairedItem: { item: position.itemIndex },
	});
	const itemsOf = (outcome: Outcome) =>
		toItems(outcome, origin).map((json) => toItem(json as IDataObject, outcome));
	if (context.getNode().onError !== 'continueErrorOutput') {
		return [outcomes.flatMap(itemsOf)];
	}
	// n8n moves items with only this field to the error output and adds the input item's own fields, so that the
	// event can be sent again from there. It doesn't add the item's files. They come last because "Retry On Fail"
	// treats an `error` on the first item as a failure of the whole node.
	const others = outcomes.filter((outcome) => !isFailed(outcome));
	const inputItems = context.getInputData();
	return [
		[
			...others.flatMap(itemsOf),
			...failed.map((outcome) => {
				const { message } = outcome.failure;
				const item = toItem({ error: { message, ...toResult(outcome, origin) } as IDataObject }, outcome);
				const binary = inputItems[outcome.position.itemIndex]?.binary;
				return binary === undefined ? item : { ...item, binary };
			}),
		],
	];
}

/**
 * Returns the one item of a summary operation. When nothing was delivered, the node has failed, and the item
 * follows the "On Error" setting.
 */
export function reportSummary(context: IExecuteFunctions, summary: Summary): INodeExecutionData[][] {
	const { item, warningCounts, firstSkipped } = summary;
	const { status, total, failure, skipped, failed_records, warnings } = item;
	const [first] = failed_records;
	// Paired with the first item only: links to 100,000 items would be larger than the summary.
	const toItem = (json: IDataObject) => ({ json, pairedItem: { item: 0 } });
	const previewed = status === 'previewed';
	if (previewed) hintAtPreview(context, total - failure - skipped, total);
	if (first !== undefined) {
		hintAtFailures(context, { previewed, failed: failure, total, item: first.item, reason: first.error });
	}
	if (status === 'skipped') hintAtSkipped(context, total, firstSkipped);
	hintAtWarnings(context, warningCounts, warnings);
	if (first?.details !== undefined && status === 'fail' && !wouldDouble(context, item)) {
		if (context.getNode().onError === 'continueErrorOutput') {
			return [[toItem({ error: { message: first.error, ...item } })]];
		}
		if (!context.continueOnFail()) {
			const failure = toFailure(first.details, first.code);
			throw toNodeError(context, first.item, failure, `0 of ${total} were delivered.`);
		}
	}
	return [[toItem({ ...item })]];
}

/** Whether n8n would run a failed node again and send records that may have been received. */
function wouldDouble(context: IExecuteFunctions, { failed_records }: SummaryItem): boolean {
	const unsure = failed_records.some(({ details }) => details?.mayHaveBeenReceived === true);
	return unsure && context.getNode().retryOnFail === true;
}

function toFailure(reason: NonNullable<ResultItem['reason']>, code: number | string): Failure {
	return { ...(reason as Failure), ...(typeof code === 'number' ? { statusCode: code } : {}) };
}

function isPreviewed({ status }: Outcome): boolean {
	return status === 'previewed';
}

function isFailed(outcome: Outcome): outcome is FailedOutcome {
	return outcome.status === 'failed';
}

function addHints(
	context: IExecuteFunctions,
	outcomes: readonly Outcome[],
	failed: readonly FailedOutcome[],
	previewed: boolean,
): void {
	const total = outcomes.length;
	const [firstFailed] = failed;
	if (previewed) hintAtPreview(context, outcomes.filter(isPreviewed).length, total);
	if (firstFailed !== undefined) {
		const { position, failure } = firstFailed;
		hintAtFailures(context, {
			previewed,
			failed: failed.length,
			total,
			item: position.itemIndex,
			reason: failure.message,
		});
	}
	const [first] = outcomes;
	if (first?.status === 'skipped' && outcomes.every(({ status }) => status === 'skipped')) {
		hintAtSkipped(context, total, first.reason.message);
	}
	const warnings = outcomes.flatMap(itemWarningsOf);
	const counts: WarningCounts = {};
	for (const warning of warnings) countWarning(counts, warning);
	hintAtWarnings(context, counts, warnings);
}

interface Failures {
	previewed: boolean;
	failed: number;
	total: number;
	/** The position and the reason of the first one. */
	item: number;
	reason: string;
}

/** A hint above the node's output, because a single failed item among many is easy to miss. */
function hintAtFailures(
	context: IExecuteFunctions,
	{ previewed, failed, total, item, reason }: Failures,
): void {
	const fate = previewed ? 'would not be sent' : failed === 1 ? 'was not delivered' : 'were not delivered';
	const message = `${failed} of ${total} ${fate}. The first (item ${item}, counted from 0): ${reason}`;
	addHint(context, message, 'warning');
}

/** Without it, an option left on would lose events unnoticed. */
function hintAtPreview(context: IExecuteFunctions, good: number, total: number): void {
	const message = `'Preview Only' is on, so nothing was sent. With this option off, ${good} of ${total} would be sent.`;
	addHint(context, message, 'warning');
}

function hintAtSkipped(context: IExecuteFunctions, total: number, reason: string | undefined): void {
	const which = total === 1 ? 'The item was' : `All ${total} items were`;
	const message =
		reason === undefined ? 'Nothing was sent: there are no events.' : `${which} skipped: ${reason}`;
	addHint(context, message, 'info');
}

function hintAtWarnings(
	context: IExecuteFunctions,
	counts: WarningCounts,
	warnings: readonly ItemWarning[],
): void {
	if (warnings.length === 0) return;
	addHint(context, describeWarnings(counts, warnings), 'info');
}

function itemWarningsOf({ position, warnings = [] }: Outcome): ItemWarning[] {
	return warnings.map((warning) => ({ item: position.itemIndex, ...warning }));
}

const onErrorHint =
	"To get failed items on a separate output and continue with the others, set 'On Error' in the node's settings to 'Continue (using error output)'.";

/** Whether a service would hold it twice if it was sent again. */
function countsTwice(operation: Operation | undefined): boolean {
	return operation?.resend === 'ifAsked' || operation?.resend === 'never';
}

/** What happened to the whole run, for the one message that a stopped workflow shows. */
function describeRun(outcomes: readonly Outcome[], operation: Operation | undefined): string {
	if (outcomes.length === 1) return onErrorHint;
	const count = (status: Outcome['status']) => outcomes.filter((outcome) => outcome.status === status).length;
	const failedItems = outcomes.filter(isFailed).map(({ position }) => position.itemIndex);
	const listed = failedItems.slice(0, 20).join(', ') + (failedItems.length > 20 ? ', …' : '');
	const delivered = count('delivered');
	const counts = `${delivered} delivered, ${count('skipped')} skipped, ${failedItems.length} not delivered`;
	const wouldCountTwice = outcomes.some(
		(outcome) => outcome.status === 'delivered' && countsTwice(outcome.operation ?? operation),
	);
	return [
		`Of ${outcomes.length} items: ${counts} (positions, counted from 0: ${listed}).`,
		...(wouldCountTwice
			? ['Send only the failed items again. Otherwise, the delivered items count twice.']
			: []),
		onErrorHint,
	].join(' ');
}
