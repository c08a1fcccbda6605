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
import { createCustomer, triggerEvent } from '../../endpoints';
import { splitReferralCode } from '../../referral-code';
import { sourceIdField, sourceIdSchema } from '../../source-id';

const eventSchema = z.object({
	event_name: z.string('The event needs a name').trim().min(1, 'The event needs a name'),
	source_id: sourceIdSchema,
	metadata: z.looseObject(
		{ referral_code: z.string('The referral code must be text').optional() },
		'Metadata must be an object, e.g. {"total_amount": "250"}',
	),
});

type RehookEvent = z.infer<typeof eventSchema>;

export const send: Operation<RehookEvent> = {
	resource: 'event',
	operation: 'send',
	endpoint: triggerEvent,
	reports: 'each',
	fields: [
		sourceIdField,
		{
			displayName: 'Event Name',
			name: 'eventName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. order_success',
			description:
				'A system event or a custom event of your Rehook application, written as it is there. For a sign-up, the conversion event of the referral campaign, such as signup.',
		},
		{
			displayName: 'Referral Code',
			name: 'referralCode',
			type: 'string',
			default: '',
			placeholder: 'e.g. KBLGPN',
			description:
				'For a sign-up through a referral: the code that the friend entered. Leave empty for a direct sign-up and for other events.',
		},
		...keyValueFields({
			name: 'metadata',
			displayName: 'Metadata',
			description: 'The event properties that the rules of your campaigns look at',
			example: '{"Payment_mode": "UPI", "total_amount": "250"}',
		}),
	],
	...ensureCustomerExists<RehookEvent>({
		description:
			'Whether to create the customer before the first event of each source ID in a run, as Rehook suggests for new customers. Without it, Rehook creates a customer that it does not know when the event comes.',
		customerOf: ({ source_id }) => source_id,
		request: (source_id) => requestTo(createCustomer, { body: JSON.stringify({ source_id }) }),
	}),
	schema: eventSchema,
	repeating: 'unwanted',
	fromEvent(event, { nameFormat }) {
		const { name, properties } = asNamedEvent(event);
		return {
			record: { event_name: nameFormat(name), source_id: event.userId, metadata: toMetadata(properties) },
		};
	},
	fromFields(fields, { nameFormat }) {
		return {
			record: {
				event_name: readName(fields, 'eventName', nameFormat),
				source_id: readText(fields, 'sourceId'),
				metadata: toMetadata(readKeyValues(fields, 'metadata'), fields('referralCode')),
			},
		};
	},
	lane: ({ source_id }) => source_id,
	request: ([event]) => ({ body: event?.json }),
	responseSchema: z.looseObject({ message: z.string().optional(), requestId: z.string().optional() }),
};

function toMetadata(properties: unknown, statedCode?: unknown): unknown {
	const { referralCode, others } = splitReferralCode(properties, statedCode);
	if (!isObject(others) || referralCode === undefined) return others;
	return { ...others, referral_code: referralCode };
}
