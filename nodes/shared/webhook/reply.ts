import type { RawBatch } from '../formats';

/** What became of the events of a request. */
export interface Report {
	success: true;
	accepted: number;
	duplicates: number;
	filtered: number;
	rejected: Array<{ index: number; messageId?: string; code: string; message: string }>;
	/** How many warnings of each code the accepted events have; missing without any. */
	warnings?: Record<string, number>;
	format: string;
	detectedBy: string;
}

/** Returns the report in the form that the sender takes for success. */
export function replyTo({ format }: RawBatch, report: Report): object | string {
	// Knative takes any other body than a CloudEvent for a failure, and sends again.
	if (format.startsWith('cloudevents')) return '';
	if (format === 'amplitude') {
		return { code: 200, events_ingested: report.accepted + report.filtered, ...report };
	}
	return report;
}
