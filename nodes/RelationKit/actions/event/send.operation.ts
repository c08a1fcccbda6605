import {
	asNamedEvent,
	ensureCustomerExists,
	field,
	record,
	updatesThePerson,
	type Operation,
	type RecordOf,
} from '../../../shared';
import { toAttributes } from '../../attributes';
import { createEvent, ping } from '../../endpoints';
import { userId } from '../../user-id';
import { identify } from '../customer/identify.operation';

const event = record({
	user_id: userId,
	name: field.eventName({
		displayName: 'Event Name',
		name: 'eventName',
		placeholder: 'e.g. visited-endpoint',
		description:
			'A short name for what happened. RelationKit recommends kebab-case, so Order Completed becomes order-completed.',
	}),
	metadata: field.keyValues({
		displayName: 'Metadata',
		name: 'metadata',
		description:
			'Details about the event. RelationKit shows keys that end in _url as buttons, keys that end in _at as dates, and keys that end in _list as badges.',
		example: '{"plan": "pro", "features_list": ["a", "b"]}',
		wrong: 'Metadata must be an object, e.g. {"plan": "pro"}',
		from: (given) => asNamedEvent(given).properties,
		as: (values, context) => toAttributes('metadata', values, context),
	}),
});

type RelationKitEvent = RecordOf<typeof event>;

export const send: Operation<RelationKitEvent> = {
	resource: 'event',
	operation: 'send',
	action: 'Send event',
	description: 'Send an event that describes something a customer did',
	endpoint: createEvent,
	record: event,
	options: [
		ensureCustomerExists<RelationKitEvent>({
			description:
				'Whether to create the customer before the first event for each user ID in a run, as RelationKit recommends for customers who might be new',
			customerOf: ({ user_id }) => user_id,
			request: (user_id) => ({ ...ping, body: JSON.stringify({ customer: { user_id } }) }),
		}),
	],
	request: (_, json) => ({ body: `{"event":${json}}` }),
	resend: 'ifAsked',
	orderKey: ({ user_id }) => user_id,
	subject: ({ user_id, name }) => ({ userId: user_id, event: name }),
	eventChoices: updatesThePerson(identify),
};
