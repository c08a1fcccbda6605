import { isEmpty } from 'lodash';
import { z } from 'zod/v4';
import {
	field,
	identifyEventsOnly,
	isObject,
	record,
	type Field,
	type Operation,
	type RecordOf,
} from '../../../shared';
import { createCustomer } from '../../endpoints';
import { readMetadata, splitReferralCode } from '../../referral-code';
import { sourceId } from '../../source-id';

const referralCode: Field<string | undefined> = {
	...field.text({
		displayName: 'Referral Code',
		name: 'referralCode',
		placeholder: 'e.g. KMN',
		description:
			"The code that this customer shares with friends. Leave empty to let Rehook assign a code. To set your own codes, turn on the custom referral code setting in Rehook. If the customer signed up with someone else's code, send that code in the sign-up event.",
		wrong: 'The referral code must be text',
	}),
	read: (fields) => readMetadata(fields).referralCode,
	from: ({ traits }) => splitReferralCode(traits).referralCode,
};

/** An empty object isn't sent: its effect on existing properties isn't documented. */
const metadata: Field<Record<string, unknown> | undefined> = {
	...field.keyValues({
		displayName: 'Metadata',
		name: 'metadata',
		description: "The customer's properties",
		example: '{"Name": "Krishna", "location": "Bangalore"}',
	}),
	schema: z
		.record(z.string(), z.unknown(), 'Metadata must be an object, e.g. {"Name": "Krishna"}')
		.optional(),
	read: (fields) => filled(readMetadata(fields).others),
	from: ({ traits }) => filled(splitReferralCode(traits).others),
};

const customer = record(
	{ source_id: sourceId, referral_code: referralCode, metadata },
	{ skips: identifyEventsOnly },
);

export const identify: Operation<RecordOf<typeof customer>> = {
	resource: 'customer',
	operation: 'identify',
	action: 'Identify customer',
	description: 'Create a customer, or update the customer who has the same source ID',
	endpoint: createCustomer,
	record: customer,
	request: (_, json) => ({ body: json }),
	resend: 'safe',
	orderKey: ({ source_id }) => source_id,
	subject: ({ source_id }) => ({ userId: source_id }),
};

function filled(others: unknown): unknown {
	return isObject(others) && isEmpty(others) ? undefined : others;
}
