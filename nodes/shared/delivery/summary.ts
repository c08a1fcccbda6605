import { z } from 'zod/v4';
import type { Outcome, PreviewedRequest } from './outcome';
import { resultSchema } from './result';

/**
 * What Send Many and Identify Many say of a whole run, in the words of SuprSend's bulk response
 * (docs.suprsend.com, "Trigger multiple events in bulk").
 */
export const summarySchema = z.object({
	provider: z.string(),
	operation: z.string(),
	/** `partial` when some failed, `fail` when nothing went through. */
	status: z.enum(['success', 'partial', 'fail', 'previewed']),
	total: z.number().int(),
	success: z.number().int(),
	failure: z.number().int(),
	/** Events that were left to others, e.g. by their integrations. */
	skipped: z.number().int(),
	failed_records: z.array(
		z.object({
			/** The event as it was given, ready to be sent again. */
			record: z.unknown(),
			/** The id it was sent under; a record without one keeps it when it is sent again with it. */
			messageId: z.string().optional(),
			error: z.string(),
			/** The HTTP status, or our own code where there is none. */
			code: z.union([z.number().int(), z.string()]),
			/** The input item, and the place in its list where it holds one. */
			item: z.number().int(),
			index: z.number().int().optional(),
			details: resultSchema.shape.reason,
		}),
	),
	warnings: z.array(
		z.object({ item: z.number().int(), path: z.string(), code: z.string(), message: z.string() }),
	),
	/** Those that were sent; with Preview Only, those that would be. */
	requests: z.number().int(),
	retries: z.number().int(),
	durationMs: z.number().int(),
	/** With Preview Only: the first requests as they would go out. */
	preview: z.array(z.unknown()).optional(),
});

export type Summary = z.infer<typeof summarySchema>;

/** Enough to judge by; a run of 100,000 events must not carry 100,000 warnings along. */
const mostWarnings = 100;
const mostPreviews = 10;

/** Counts what became of each event, and keeps only what the summary shows. */
export class SummaryBuilder {
	private total = 0;
	private success = 0;
	private skipped = 0;
	private readonly failedRecords: Summary['failed_records'] = [];
	private readonly warnings: Summary['warnings'] = [];
	private readonly previews: PreviewedRequest[] = [];
	private previewedRequests = 0;

	add(outcome: Outcome): void {
		const { place } = outcome;
		this.total++;
		if (outcome.status === 'skipped') this.skipped++;
		else if (outcome.status === 'failed') {
			const { statusCode, ...reason } = outcome.failure;
			this.failedRecords.push({
				record: place.event,
				messageId: outcome.messageId,
				error: reason.message,
				code: statusCode ?? reason.code,
				item: place.itemIndex,
				...(place.position === undefined ? {} : { index: place.position }),
				details: reason,
			});
		} else {
			if (outcome.status === 'delivered') this.success++;
			else this.show(outcome.requestBefore, outcome.request);
			for (const warning of outcome.warnings) {
				if (this.warnings.length < mostWarnings) this.warnings.push({ item: place.itemIndex, ...warning });
			}
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
		about: Pick<Summary, 'provider' | 'operation' | 'requests' | 'retries' | 'durationMs'>,
		previewOnly: boolean,
	): Summary {
		const { total, success, skipped, warnings, failedRecords } = this;
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
			warnings: warnings.sort((a, b) => a.item - b.item),
			...counts,
			...(previewOnly ? { requests: this.previewedRequests, preview: this.previews } : {}),
		};
	}
}
