import { accepted } from '../checked';
import { isGiven, isObject, text, type JsonObject } from '../event';
import { eventsIn, type Format } from './format';

/**
 * SuprSend's reports about notifications: a new status, or a reply from a user.
 * Source: https://docs.suprsend.com/docs/outbound-webhook
 */
export const suprSend: Format = {
	name: 'suprsend',
	displayName: 'SuprSend',
	description: "SuprSend's outbound webhook: notification statuses and inbound messages",

	matches({ body }) {
		if (!isObject(body) || !isGiven(body.distinct_id)) return undefined;
		const { event_type: type } = body;
		const isKnown = type === 'status' || type === 'inbound_message';
		return isKnown ? `the body has "distinct_id" and the event_type "${type}"` : undefined;
	},

	read: ({ body }) => ({
		format: 'suprsend',
		events: eventsIn(body),
		map: (event) => accepted(mapReport(event)),
		defaultName,
		noNameHint: 'SuprSend puts the status in "suprsend_status": {"status": "delivered"}.',
		noUserHint: 'In a SuprSend webhook, "distinct_id" identifies the person.',
	}),
};

/** For a report without a status. */
const defaultName = 'Notification';

function mapReport(report: JsonObject): JsonObject {
	const { distinct_id, ...properties } = report;
	const { status, timestamp } = detailsOf(report);
	return {
		type: 'track',
		messageId: reportId(report, [status ?? report.event_type, timestamp]),
		event:
			report.event_type === 'inbound_message' ? 'Message Received' : `${defaultName} ${title(status)}`.trim(),
		userId: distinct_id,
		timestamp,
		properties,
	};
}

/** A notification has several reports, also several with one status, such as clicks. */
function reportId({ reference }: JsonObject, parts: readonly unknown[]): string | undefined {
	const notification = isObject(reference) ? text(reference.supr_nid) : undefined;
	return notification && [notification, ...parts.filter(isGiven)].map(String).join(':').slice(0, 100);
}

function detailsOf({ suprsend_status, suprsend_inbound_message }: JsonObject): JsonObject {
	const details = suprsend_status ?? suprsend_inbound_message;
	return isObject(details) ? details : {};
}

/** Turns "delivery_failed" into "Delivery Failed". */
function title(status: unknown): string {
	const words = (text(status) ?? '').slice(0, 100).split(/[_\s]+/);
	return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}
