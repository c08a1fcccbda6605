import { z } from 'zod/v4';
import type { Outcome, PreviewedRequest } from '../stages';
import { resultSchema } from './result';
import { countWarning, type ItemWarning, type WarningCounts } from './warnings';

/**
 * The JSON of the one output item of Send Many and Identify Many. The names are those of SuprSend's bulk
 * response (docs.suprsend.com, "Trigger multiple events in bulk").
 */
export const summarySchema = z.object({
	provider: z.string(),
	operation: z.string(),
	/** `partial` when some failed, `fail` when none was delivered. */
	status: z.enum(['success', 'partial', 'fail', 'previewed']),
	total: z.number().int(),
	success: z.number().int(),
	failure: z.number().int(),
	/** Events that weren't meant for this service or operation. */
	skipped: z.number().int(),
	failed_records: z.array(
		z.object({
			/** The event or the item as it was given, so that it can be sent again. */
			record: z.unknown(),
			/** The ID it was sent under. Sent again with this item, it keeps the ID. */
			messageId: z.string().optional(),
			error: z.string(),
			/** The HTTP status, or our own code if there was none. */
			code: z.union([z.number().int(), z.string()]),
			/** The input item, and the position in its list of events if it has one. */
			item: z.number().int(),
			index: z.number().int().optional(),
			details: resultSchema.shape.reason,
		}),
	),
	/** The number of warnings of each code, those of failed and skipped events included. */
	warningCounts: z.record(z.string(), z.number().int()),
	/** The first of them. */
	warnings: z.array(
		z.object({ item: z.number().int(), path: z.string(), code: z.string(), message: z.string() }),
	),
	/** Requests sent; with Preview Only, requests that would be sent. */
	requests: z.number().int(),
	retries: z.number().int(),
	durationMs: z.number().int(),
	/** With Preview Only: the first requests. */
	preview: z.array(z.unknown()).optional(),
});

export type SummaryItem = z.infer<typeof summarySchema>;

/** Limits the size of the item: a run can have 100,000 events. */
const mostWarnings = 100;
const mostPreviews = 10;

/** Counts outcomes, and keeps only what the summary shows. */
export class SummaryBuilder {
	private total = 0;
	private success = 0;
	private skipped = 0;
	private readonly failedRecords: SummaryItem['failed_records'] = [];
	private readonly warningCounts: WarningCounts = {};
	private readonly warnings: ItemWarning[] = [];
	private readonly previews: PreviewedRequest[] = [];
	private previewedRequests = 0;

	add(outcome: Outcome): void {
		const { position } = outcome;
		this.total++;
		if (outcome.status === 'skipped') this.skipped++;
		else if (outcome.status === 'failed') {
			const { statusCode, ...reason } = outcome.failure;
			this.failedRecords.push({
				record: position.event,
				messageId: outcome.messageId,
				error: reason.message,
				code: statusCode ?? reason.code,
				item: position.itemIndex,
				...(position.listIndex === undefined ? {} : { index: position.listIndex }),
				details: reason,
			});
		} else {
			if (outcome.status === 'delivered') this.success++;
			else this.show(outcome.requestBefore, outcome.request);
		}
		for (const warning of outcome.warnings ?? []) {
			countWarning(this.warningCounts, warning);
			if (this.warnings.length < mostWarnings) this.warnings.push({ item: position.itemIndex, ...warning });
		}
	}

	private show(...requests: Array<PreviewedRequest | undefined>): void {
		for (const request of requests) {
			if (request === undefined) continue;
			this.previewedRequests++;
			if (this.previews.length < mostPreviews) this.previews.push(request);
		}
	}

	build(
		about: Pick<SummaryItem, 'provider' | 'operation' | 'requests' | 'retries' | 'durationMs'>,
		previewOnly: boolean,
	): SummaryItem {
		const { total, success, skipped, warningCounts, warnings, failedRecords } = this;
		const { provider, operation, ...counts } = about;
		const failure = failedRecords.length;
		const inOrder = failedRecords.sort((a, b) => a.item - b.item || (a.index ?? 0) - (b.index ?? 0));
		return {
			provider,
			operation,
			status: previewOnly ? 'previewed' : failure === 0 ? 'success' : success === 0 ? 'fail' : 'partial',
			total,
			success,
			failure,
			skipped,
			failed_records: inOrder,
			warningCounts,
			warnings: warnings.sort((a, b) => a.item - b.item),
			...counts,
			...(previewOnly ? { requests: this.previewedRequests, preview: this.previews } : {}),
		};
	}
}
