import { z } from 'zod/v4';
import { field, isObject, operation } from '../../../shared';
import { audienceUrl } from '../../environments';
import { getContact } from '../../endpoints';

const noToken =
	"Enter the 'Audience API Token' in the Simon Data credential. Ask your Client Solutions Manager for the token.";

export const get = operation.get({
	resource: 'contact',
	operation: 'get',
	action: 'Get contact',
	description:
		"Get a contact's data from Simon Data. Requires the Audience API, which is a paid Simon Data add-on.",
	endpoint: getContact,
	fields: {
		token: field.computed(z.literal('given', noToken), ({ account }) => account.audienceToken),
		environment: field.computed(z.string().optional(), ({ account }) => account.environment),
		identityType: field.choice({
			displayName: 'Find By',
			name: 'identityType',
			options: [
				{ name: 'Email', value: 'email' },
				{ name: 'Email Hash', value: 'email-hash' },
				{ name: 'Primary Subscriber Key', value: 'primary-subscriber-key' },
				{ name: 'RIID', value: 'riid' },
				{ name: 'Simon ID', value: 'simonid' },
				{ name: 'Zendesk ID', value: 'zendeskid' },
			],
			default: 'email',
			description: 'The type of value that identifies the contact',
		}),
		identity: field.text({
			displayName: 'Value',
			name: 'identity',
			placeholder: 'e.g. name@email.com',
			missing: "Enter the 'Value' that identifies the contact",
			identifies: true,
		}),
		fields: field.text({
			displayName: 'Fields',
			name: 'fields',
			placeholder: 'e.g. first_name, flow_variant_membership',
			description:
				'The names of the fields to get, separated by commas. The available fields differ by account.',
			missing: "Enter the 'Fields' to get, e.g. first_name",
		}),
	},
	request: ({ environment, identityType, identity, fields }) => ({
		baseUrl: audienceUrl(environment),
		query: {
			identity: `${identityType}:${identity}`,
			fields: fields
				.split(',')
				.map((name) => name.trim())
				.filter((name) => name !== '')
				.join(','),
		},
	}),
	as: (body) => (isObject(body) ? body.contact : body),
	schema: z.looseObject({}),
});
