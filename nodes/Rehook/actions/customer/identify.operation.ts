import { isEmpty } from 'lodash';
import { z } from 'zod/v4';
import { identifyEventsOnly, readText, type Operation } from '../../../shared/delivery';
import { keyValueFields, readKeyValues } from '../../../shared/descriptions';
import { isGiven, isObject } from '../../../shared/event';
import { createCustomer } from '../../endpoints';
import { splitReferralCode } from '../../referral-code';
import { sourceIdField, sourceIdSchema } from '../../source-id';

const customerSchema = z.object({
	source_id: sourceIdSchema,
	referral_code: z.string('The referral code must be text').optional(),
	metadata: z
		.record(z.string(), z.unknown(), 'Metadata must be an object, e.g. {"Name": "Krishna"}')
		.optional(),
});

type RehookCustomer = z.infer<typeof customerSchema>;

export const identify: Operation<RehookCustomer> = {
	resource: 'customer',
	operation: 'identify',
	endpoint: createCustomer,
	reports: 'each',
	fields: [
		sourceIdField,
		{
			displayName: 'Referral Code',
			name: 'referralCode',
			type: 'string',
			default: '',
			placeholder: 'e.g. KMN',
			description:
				"The customer's own code, which they share with friends. Needs the custom referral code setting of your Rehook application; leave empty for the code that Rehook assigns. The code that a friend entered belongs to the sign-up event.",
		},
		...keyValueFields({
			name: 'metadata',
			displayName: 'Metadata',
			description: 'The user properties',
			example: '{"Name": "Krishna", "location": "Bangalore"}',
		}),
	],
	schema: customerSchema,
	repeating: 'harmless',
	skips: identifyEventsOnly,
	fromEvent: ({ userId, traits }) => ({ record: toCustomer(userId, traits) }),
	fromFields: (fields) => ({
		record: toCustomer(
			readText(fields, 'sourceId'),
			readKeyValues(fields, 'metadata'),
			fields('referralCode'),
		),
	}),
	lane: ({ source_id }) => source_id,
	request: ([customer]) => ({ body: customer?.json }),
};

function toCustomer(sourceId: unknown, properties: unknown, statedCode?: unknown) {
	const { referralCode, others } = splitReferralCode(properties, statedCode);
	return {
		source_id: sourceId,
		...(isGiven(referralCode) ? { referral_code: referralCode } : {}),
		// Nothing to set is left out: what an empty object does to the properties there is not documented.
		...(isObject(others) && isEmpty(others) ? {} : { metadata: others }),
	};
}
