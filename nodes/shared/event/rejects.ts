import { defaultEventLimits, inspect, type EventLimits } from './limits';
import { text, withoutSecrets } from './values';

/**
 * Every reason to reject an event, by its public and stable code. Senders see code and text in the trigger's reply,
 * workflows see them on the Rejected output. The text says what the sender can do.
 */
export const rejectMessages = {
	not_an_object:
		'An event must be a JSON object, for example {"type":"track","event":"Order Completed","userId":"42"}.',
	line_not_json: 'This line is not JSON. Write one JSON object per line.',
	unknown_type:
		'The event needs a "type": track, identify, page, screen, group or alias. Without a "type", an event with "event" is a track event, and an event with "traits" is an identify event.',
	missing_event_name: 'A track event needs a name in "event", for example "Order Completed".',
	event_name_not_text: '"event" must be text, for example "Order Completed".',
	event_name_too_long: '"event" is longer than 200 characters. Move the variable part to "properties".',
	message_id_too_long:
		'"messageId" is longer than 100 characters. Send a shorter ID that is unique to the event.',
	no_user_anon_id: 'The event has no user. Set "userId", or "anonymousId" for a person without a user ID.',
	missing_user_id: 'An alias event needs "userId": the new ID of the person.',
	missing_previous_id: 'An alias event needs "previousId": the old ID of the person.',
	missing_group_id: 'A group event needs "groupId": the ID of the person\'s company or team.',
	id_not_text: 'IDs must be text or numbers, not objects, lists, true or false.',
	id_too_long: 'IDs can have up to 256 characters.',
	properties_not_object: '"properties" must be an object, for example {"total": 42}.',
	traits_not_object: '"traits" must be an object, for example {"email": "ada@example.com"}.',
	context_not_object: '"context" must be an object, for example {"ip": "203.0.113.7"}.',
	integrations_not_object: '"integrations" must be an object, for example {"All": false, "SuprSend": true}.',
	event_too_large: 'The event is too large. Send less data.',
	too_deep: 'The event is nested too deeply. Flatten its data.',
	too_many_properties: 'The event has too many properties. Send fewer properties.',
	shares_too_much:
		'The events in the request share too much data in "context" or "integrations". Send fewer events per request, or share less data.',
	consent_missing: "The event doesn't contain the consent that this workflow requires.",
	unplanned_event: 'The tracking plan has no event with this name.',
	plan_violation: 'The event breaks the tracking plan.',
	invalid_cloud_event:
		'A CloudEvent needs "id", "source" and "type", each as text, and the "specversion" 1.0.',
	subscription_not_confirmed: 'Amazon SNS sends events only after you confirm the subscription.',
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

export const tooDeepToShow = 'The event is nested too deeply to be shown.';

/** Writes a value as JSON, or says that even that is too deep. */
export function jsonText(value: unknown): string {
	try {
		return JSON.stringify(value);
	} catch {
		return tooDeepToShow;
	}
}
