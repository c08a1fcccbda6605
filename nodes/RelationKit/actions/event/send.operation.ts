import { z } from 'zod/v4';
import {
	ensureCustomerExists,
	readName,
	readText,
	requestTo,
	type Operation,
} from '../../../shared/delivery';
import { keyValueFields, readKeyValues } from '../../../shared/descriptions';
import { asNamedEvent, isObject } from '../../../shared/event';
import { toAttributes } from '../../attributes';
import { createEvent, ping } from '../../endpoints';
import { userIdField, userIdSchema } from '../../user-id';

const eventSchema = z.object({
	user_id: userIdSchema,
	name: z.string('The event needs a name').trim().min(1, 'The event needs a name'),
	metadata: z.record(z.string(), z.unknown(), 'Metadata must be an object, e.g. {"plan": "pro"}'),
});

type RelationKitEvent = z.infer<typeof eventSchema>;

export const send: Operation<RelationKitEvent> = {
	resource: 'event',
	operation: 'send',
	endpoint: createEvent,
	reports: 'each',
	fields: [
		userIdField,
		{
			displayName: 'Name',
			name: 'eventName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. visited-endpoint',
			description:
				'What happened, in a few words. RelationKit recommends words with dashes in between; see the option Event Name Format.',
		},
		...keyValueFields({
			name: 'metadata',
			displayName: 'Metadata',
			description:
				'More about the event. A name ending in _url becomes a button, one ending in _at a date, one ending in _list badges.',
			example: '{"plan": "pro", "features_list": ["a", "b"]}',
		}),
	],
	...ensureCustomerExists<RelationKitEvent>({
		description:
			'Whether to ping RelationKit about the customer before the first event of each user ID in a run, as its guide recommends for customers that it may not know yet',
		customerOf: ({ user_id }) => user_id,
		request: (user_id) => requestTo(ping, { body: JSON.stringify({ customer: { user_id } }) }),
	}),
	schema: eventSchema,
	repeating: 'unwanted',
	fromEvent(event, { nameFormat }) {
		const { name, properties } = asNamedEvent(event);
		return { record: { user_id: event.userId, name: nameFormat(name), metadata: toAttributes(properties) } };
	},
	fromFields(fields, { nameFormat }) {
		const metadata = readKeyValues(fields, 'metadata');
		return {
			record: {
				user_id: readText(fields, 'userId'),
				name: readName(fields, 'eventName', nameFormat),
				metadata: isObject(metadata) ? toAttributes(metadata) : metadata,
			},
		};
	},
	lane: ({ user_id }) => user_id,
	request: ([event]) => ({ body: `{"event":${event?.json}}` }),
};
