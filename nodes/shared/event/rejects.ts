import { defaultEventLimits, inspect, type EventLimits } from './limits';
import { text, withoutSecrets } from './values';

/**
 * Every reason to reject an event, by its public and stable code. Senders see code and text in the trigger's reply,
 * workflows see them on the Rejected output. The text says what the sender can do.
 */
export const rejectMessages = {
	not_an_object:
		'An event is a JSON object, for example {"type":"track","event":"Order Completed","userId":"42"}.',
	line_not_json: 'This line is not JSON. Write one JSON object on each line.',
	unknown_type:
		'The event has no "type" we know. Use track, identify, page, screen, group or alias; without a type, an "event" name makes it a track and "traits" make it an identify.',
	missing_event_name: 'A track event needs a name in "event", for example "Order Completed".',
	event_name_not_text: '"event" must be text, for example "Order Completed".',
	event_name_too_long: '"event" is longer than 200 characters. Move the changing part into "properties".',
	message_id_too_long:
		'"messageId" is longer than 100 characters. Send a shorter id that is unique to the event.',
	no_user_anon_id: 'The event names nobody. Set "userId", or "anonymousId" while the person is unknown.',
	missing_user_id: 'An alias event needs "userId": the id that the person has from now on.',
	missing_previous_id: 'An alias event needs "previousId": the id that the person had until now.',
	missing_group_id:
		'A group event needs "groupId": the id of the company or team that the person belongs to.',
	id_not_text: 'Ids must be text or a number, not an object, a list or true/false.',
	id_too_long: 'Ids can be at most 256 characters long.',
	properties_not_object: '"properties" must be an object, for example {"total": 42}.',
	traits_not_object: '"traits" must be an object, for example {"email": "ada@example.com"}.',
	context_not_object: '"context" must be an object.',
	integrations_not_object: '"integrations" must be an object, for example {"All": false, "SuprSend": true}.',
	event_too_large: 'The event is larger than is accepted here. Send less data with it.',
	too_deep: 'The event is nested deeper than is accepted here. Flatten its data.',
	too_many_properties: 'The event has more properties than is accepted here. Send fewer.',
	shares_too_much:
		'The events of the request share more "context" or "integrations" than is accepted here. Send fewer events at a time, or let them share less.',
	consent_missing: 'The person has not consented to what this workflow does with the event.',
	unplanned_event: 'The tracking plan has no such event.',
	plan_violation: 'The event is not as the tracking plan says.',
	invalid_cloud_event:
		'A CloudEvent needs "id", "source" and "type", each as text, and the "specversion" 1.0.',
	subscription_not_confirmed: 'Amazon SNS sends events only once the subscription is confirmed.',
} as const;

export type RejectCode = keyof typeof rejectMessages;

/** Why an event is rejected. */
export interface RejectReason {
	code: RejectCode;
	/** Where in the event, e.g. `properties`; empty for the event as a whole. */
	path: string;
	/** Added to the code's message: the numbers, or what to change in this event. */
	detail?: string;
}

export interface Reject {
	/** Position in the sender's batch, from 0. */
	index: number;
	messageId?: string;
	code: RejectCode;
	/** Where in the event, e.g. `properties`; empty for the event as a whole. */
	path: string;
	message: string;
	/** The event as it was received; its JSON text if it is nested too deep to pass on. */
	event: unknown;
}

/**
 * Builds the reject of an event, safe to show and to store.
 * @param received the event as its sender sent it
 * @param sendersId the `messageId` that the sender gave it, if any
 */
export function toReject(
	received: unknown,
	{ code, path, detail }: RejectReason,
	options: { meta: { batchIndex: number }; limits?: EventLimits },
	sendersId: unknown,
): Reject {
	const messageId = text(sendersId)?.slice(0, 100);
	const shown = withoutSecrets(received);
	const { depth } = options.limits ?? defaultEventLimits;
	const safe = inspect(shown, { eventBytes: Infinity, properties: Infinity, depth });
	return {
		index: options.meta.batchIndex,
		...(messageId === undefined ? {} : { messageId }),
		code,
		path,
		message: detail === undefined ? rejectMessages[code] : `${rejectMessages[code]} ${detail}`,
		// Code that shows or stores items walks them recursively. Beyond the depth limit only text is safe.
		event: safe.ok ? safe.value.kept : jsonText(shown),
	};
}

export const tooDeepToShow = 'The event is nested too deep to be shown.';

/** Writes a value as JSON, or says that even that is too deep. */
export function jsonText(value: unknown): string {
	try {
		return JSON.stringify(value);
	} catch {
		return tooDeepToShow;
	}
}
