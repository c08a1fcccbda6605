import { sum } from 'lodash';
import { z } from 'zod/v4';
import type { Outcome, PreviewedRequest } from '../stages';
import { resultSchema } from './result';
import { countWarning, listCounts, type ItemWarning, type WarningCounts } from './warnings';

/**
 * The JSON of the one output item of Send Many and Identify Many. The names are those of SuprSend's bulk
 * response (docs.suprsend.com, "Trigger multiple events in bulk").
 */
export const summarySchema = z.object({
	/** `partial` when some failed, `fail` when none was delivered, `skipped` when there was nothing to send. */
	status: z.enum(['success', 'partial', 'fail', 'skipped', 'previewed']),
	total: z.number().int(),
	success: z.number().int(),
	failure: z.number().int(),
	/** Events that weren't meant for this service or operation. */
	skipped: z.number().int(),
	/** With Preview Only: the first requests. */
	preview: z.array(z.unknown()).optional(),
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
	/** Those of failed and skipped events included. When there are many, the last one counts the others. */
	warnings: z.array(
		z.object({ item: z.number().int(), path: z.string(), code: z.string(), message: z.string() }),
	),
	/** Requests sent; with Preview Only, requests that would be sent. */
	requests: z.number().int(),
	retries: z.number().int(),
	durationMs: z.number().int(),
	service: z.string(),
	operation: z.string(),
});

export type SummaryItem = z.infer<typeof summarySchema>;

/** The output item of a run, and what only its hints say. */
export interface Summary {
	item: SummaryItem;
	/** The number of warnings of each code. */
	warningCounts: WarningCounts;
	/** Why the first skipped event was skipped. */
	firstSkipped: string | undefined;
}

/** Limits the size of the item: a run can have 100,000 events. */
const mostWarnings = 100;
const mostPreviews = 10;

/** Counts outcomes, and keeps only what the summary shows. */
export class SummaryBuilder {
	private total = 0;
	private success = 0;
	private skipped = 0;
	private firstSkipped: string | undefined;
	private readonly failedRecords: SummaryItem['failed_records'] = [];
	private readonly warningCounts: WarningCounts = {};
	private readonly warnings: ItemWarning[] = [];
	private readonly previews: PreviewedRequest[] = [];
	private previewedRequests = 0;

	add(outcome: Outcome): void {
		const { position } = outcome;
		this.total++;
		if (outcome.status === 'skipped') {
			this.skipped++;
			this.firstSkipped ??= outcome.reason.message;
		} else if (outcome.status === 'failed') {
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
		about: Pick<SummaryItem, 'requests' | 'retries' | 'durationMs' | 'service' | 'operation'>,
		previewOnly: boolean,
	): Summary {
		const { total, success, skipped, firstSkipped, warningCounts, failedRecords } = this;
		const item: SummaryItem = {
			status: previewOnly ? 'previewed' : this.status(),
			total,
			success,
			failure: failedRecords.length,
			skipped,
			...(previewOnly ? { preview: this.previews } : {}),
			failed_records: failedRecords.sort((a, b) => a.item - b.item || (a.index ?? 0) - (b.index ?? 0)),
			warnings: this.listWarnings(),
			...about,
			...(previewOnly ? { requests: this.previewedRequests } : {}),
		};
		return { item, warningCounts, firstSkipped };
	}

	private status(): SummaryItem['status'] {
		if (this.failedRecords.length === 0) return this.success === 0 ? 'skipped' : 'success';
		return this.success === 0 ? 'fail' : 'partial';
	}

	private listWarnings(): ItemWarning[] {
		const listed = this.warnings.sort((a, b) => a.item - b.item);
		const more = sum(Object.values(this.warningCounts)) - listed.length;
		const last = listed.at(-1);
		if (more === 0 || last === undefined) return listed;
		const message = `This list shows the first ${listed.length} warnings. All warnings by code: ${listCounts(this.warningCounts)}.`;
		return [...listed, { item: last.item, path: '', code: 'more_warnings', message }];
	}
}
