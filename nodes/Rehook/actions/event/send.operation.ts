import { z } from 'zod/v4';
import {
	asNamedEvent,
	ensureCustomerExists,
	field,
	ifUsable,
	isObject,
	keyValueFields,
	record,
	textual,
	updatesThePerson,
	type Field,
	type Operation,
	type RecordOf,
} from '../../../shared';
import { createCustomer, triggerEvent } from '../../endpoints';
import { readMetadata, splitReferralCode } from '../../referral-code';
import { sourceId } from '../../source-id';
import { identify } from '../customer/identify.operation';

const metadataSchema = z.looseObject(
	// An empty one means a direct sign-up.
	{ referral_code: ifUsable(textual(z.string('The referral code must be text')), '') },
	'Metadata must be an object, e.g. {"total_amount": "250"}',
);

/** The event's properties. The referral code is one of them, but has its own field in the form. */
const metadata: Field<z.infer<typeof metadataSchema>> = {
	name: 'metadata',
	properties: [
		{
			displayName: 'Referral Code',
			name: 'referralCode',
			type: 'string',
			default: '',
			placeholder: 'e.g. KBLGPN',
			description:
				'The referral code that the customer entered at sign-up. Leave empty for sign-ups without a code and for other events.',
		},
		...keyValueFields({
			displayName: 'Metadata',
			name: 'metadata',
			description: "The event properties that your campaigns' rules use",
			example: '{"Payment_mode": "UPI", "total_amount": "250"}',
		}),
	],
	schema: metadataSchema,
	read: (fields) => joined(readMetadata(fields)),
	from: (event) => joined(splitReferralCode(asNamedEvent(event).properties)),
};

const event = record(
	{
		event_name: field.eventName({
			displayName: 'Event Name',
			name: 'eventName',
			placeholder: 'e.g. order_success',
			description:
				"The name of a system event or a custom event, exactly as in your Rehook application. For a sign-up, enter the referral campaign's conversion event, such as signup.",
		}),
		source_id: sourceId,
		metadata,
	},
	{ formOrder: ['source_id', 'event_name', 'metadata'] },
);

type RehookEvent = RecordOf<typeof event>;

export const send: Operation<RehookEvent> = {
	resource: 'event',
	operation: 'send',
	action: 'Send event',
	description: "Send an event so that Rehook can grant rewards based on your campaigns' rules",
	endpoint: triggerEvent,
	record: event,
	options: [
		ensureCustomerExists<RehookEvent>({
			description:
				'Whether to create the customer before the first event for each source ID in a run, as Rehook suggests for new customers. If off, Rehook creates unknown customers when their first event arrives.',
			customerOf: ({ source_id }) => source_id,
			request: (source_id) => ({ ...createCustomer, body: JSON.stringify({ source_id }) }),
		}),
	],
	request: (_, json) => ({ body: json }),
	resend: 'ifAsked',
	orderKey: ({ source_id }) => source_id,
	subject: ({ source_id, event_name }) => ({ userId: source_id, event: event_name }),
	eventChoices: updatesThePerson(identify),
	result: {
		schema: z.looseObject({ message: z.string().optional(), requestId: z.string().optional() }),
	},
};

function joined({ referralCode, others }: ReturnType<typeof splitReferralCode>): unknown {
	if (!isObject(others) || referralCode === undefined) return others;
	return { ...others, referral_code: referralCode };
}
