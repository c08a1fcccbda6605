import {
	field,
	identifyEventsOnly,
	record,
	text,
	without,
	type CanonicalEvent,
	type Operation,
	type RecordOf,
} from '../../../shared';
import { toAttributes } from '../../attributes';
import { ping } from '../../endpoints';
import { userId } from '../../user-id';

const customer = record(
	{
		user_id: userId,
		name: field.text({
			displayName: 'Name',
			name: 'customerName',
			placeholder: 'e.g. Ada Lovelace',
			wrong: 'The name must be text',
			from: ({ traits }) => text(traits.name) ?? fullName(traits) ?? traits.name,
		}),
		email: field.text({
			displayName: 'Email',
			name: 'email',
			placeholder: 'e.g. ada@example.com',
			wrong: 'The email must be text',
			from: ({ traits }) => traits.email,
		}),
		custom_attributes: field.keyValues({
			displayName: 'Custom Attributes',
			name: 'customAttributes',
			description:
				'Details about the customer. RelationKit shows keys that end in _url as buttons, keys that end in _at as dates, and keys that end in _list as badges.',
			example: '{"plan": "pro", "signed_up_at": 1717200000}',
			wrong: 'Custom attributes must be an object, e.g. {"plan": "pro"}',
			from: otherTraits,
			as: (values, context) => toAttributes('custom_attributes', values, context),
		}),
	},
	{ skips: identifyEventsOnly },
);

export const identify: Operation<RecordOf<typeof customer>> = {
	resource: 'customer',
	operation: 'identify',
	action: 'Identify customer',
	description: 'Create a customer, or update the customer who has the same user ID',
	endpoint: ping,
	record: customer,
	request: (_, json) => ({ body: `{"customer":${json}}` }),
	resend: 'safe',
	orderKey: ({ user_id }) => user_id,
	subject: ({ user_id }) => ({ userId: user_id }),
};

function otherTraits({ traits }: CanonicalEvent): Record<string, unknown> {
	return without(traits, 'name', 'email');
}

function fullName(traits: CanonicalEvent['traits']): string | undefined {
	const first = text(traits.firstName) ?? text(traits.first_name);
	const last = text(traits.lastName) ?? text(traits.last_name);
	return text([first, last].join(' '));
}
