import { z } from 'zod/v4';
import { identifyEventsOnly, readText, type Operation } from '../../../shared/delivery';
import { keyValueFields, readKeyValues } from '../../../shared/descriptions';
import { isGiven, isObject } from '../../../shared/event';
import { toAttributes } from '../../attributes';
import { ping } from '../../endpoints';
import { userIdField, userIdSchema } from '../../user-id';

const customerSchema = z.object({
	user_id: userIdSchema,
	name: z.string('The name must be text').optional(),
	email: z.string('The email must be text').optional(),
	custom_attributes: z.record(
		z.string(),
		z.unknown(),
		'Custom attributes must be an object, e.g. {"plan": "pro"}',
	),
});

type RelationKitCustomer = z.infer<typeof customerSchema>;

export const identify: Operation<RelationKitCustomer> = {
	resource: 'customer',
	operation: 'identify',
	endpoint: ping,
	reports: 'each',
	fields: [
		userIdField,
		{
			displayName: 'Name',
			name: 'customerName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Ada Lovelace',
		},
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			placeholder: 'e.g. ada@example.com',
		},
		...keyValueFields({
			name: 'customAttributes',
			displayName: 'Custom Attributes',
			description:
				'More about the customer. A name ending in _url becomes a button, one ending in _at a date, one ending in _list badges.',
			example: '{"plan": "pro", "signed_up_at": 1717200000}',
		}),
	],
	schema: customerSchema,
	repeating: 'harmless',
	skips: identifyEventsOnly,
	fromEvent({ userId, traits }) {
		const { name, email, ...others } = traits;
		return {
			record: {
				user_id: userId,
				name: isGiven(name) ? name : fullName(traits),
				email: isGiven(email) ? email : undefined,
				custom_attributes: toAttributes(others),
			},
		};
	},
	fromFields(fields) {
		const attributes = readKeyValues(fields, 'customAttributes');
		return {
			record: {
				user_id: readText(fields, 'userId'),
				name: readText(fields, 'customerName'),
				email: readText(fields, 'email'),
				custom_attributes: isObject(attributes) ? toAttributes(attributes) : attributes,
			},
		};
	},
	lane: ({ user_id }) => user_id,
	request: ([customer]) => ({ body: `{"customer":${customer?.json}}` }),
};

function fullName({ firstName, lastName }: Record<string, unknown>): string | undefined {
	const names = [firstName, lastName].filter((name) => typeof name === 'string' && name !== '');
	return names.length === 0 ? undefined : names.join(' ');
}
