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
				'For a sign-up through a referral: the code that the friend entered. Leave empty for a direct sign-up and for other events.',
		},
		...keyValueFields({
			displayName: 'Metadata',
			name: 'metadata',
			description: 'The event properties that the rules of your campaigns use',
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
				'The name of a system event or a custom event, exactly as in your Rehook application. For a sign-up, the conversion event of the referral campaign, such as signup.',
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
	description: 'Check the rules of your campaigns and grant rewards',
	endpoint: triggerEvent,
	record: event,
	options: [
		ensureCustomerExists<RehookEvent>({
			description:
				'Whether to create the customer before the first event of each source ID in a run, as Rehook suggests for new customers. If off, Rehook creates unknown customers when the event arrives.',
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
