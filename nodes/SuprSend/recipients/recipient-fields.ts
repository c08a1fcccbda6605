import type { INodeProperties } from 'n8n-workflow';
import { asList, entriesOf, readJsonField, text, type Fields } from '../../shared';
import { readIds } from '../ids';

const showFor = (type: string) => ({ show: { type: [type] } });

/** In the order in which users fill them in. */
const oneRecipient: INodeProperties[] = [
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [
			{ name: 'Anonymous User', value: 'anonymous', description: 'A user without a profile in SuprSend' },
			{
				name: 'Object',
				value: 'object',
				description: 'An object whose subscribers are notified, for example a team',
			},
			{ name: 'User', value: 'user', description: 'A user whose profile SuprSend creates or updates' },
		],
		default: 'user',
	},
	{
		displayName: 'Distinct ID',
		name: 'distinctId',
		type: 'string',
		default: '',
		placeholder: 'e.g. user-42',
		displayOptions: showFor('user'),
	},
	{
		displayName: 'Object Type',
		name: 'objectType',
		type: 'string',
		default: '',
		placeholder: 'e.g. teams',
		displayOptions: showFor('object'),
	},
	{
		displayName: 'Object ID',
		name: 'objectId',
		type: 'string',
		default: '',
		placeholder: 'e.g. finance',
		displayOptions: showFor('object'),
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. jane@example.com',
	},
	{
		displayName: 'SMS Number',
		name: 'sms',
		type: 'string',
		default: '',
		placeholder: 'e.g. +15555555555',
		description: 'The phone number in E.164 format: +, country code and number, without spaces',
	},
	{
		displayName: 'WhatsApp Number',
		name: 'whatsapp',
		type: 'string',
		default: '',
		placeholder: 'e.g. +15555555555',
		description: 'The phone number in E.164 format: +, country code and number, without spaces',
	},
];

export const recipientFields: INodeProperties[] = [
	{
		displayName: 'Specify Recipients',
		name: 'recipientsInput',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'By Distinct ID', value: 'ids', description: 'Users who already exist in SuprSend' },
			{
				name: 'Using Fields Below',
				value: 'fields',
				description: 'Objects, or users whose channels you enter here',
			},
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'ids',
	},
	{
		displayName: 'Distinct IDs',
		name: 'recipientIds',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. user-42, user-43',
		description:
			'The distinct IDs of the users to notify, separated by commas. You can also enter a JSON list or an expression that returns a list.',
		displayOptions: { show: { recipientsInput: ['ids'] } },
	},
	{
		displayName: 'Recipients',
		name: 'recipients',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add recipient',
		default: {},
		description: 'Up to 100 recipients to notify',
		displayOptions: { show: { recipientsInput: ['fields'] } },
		options: [
			{
				displayName: 'Recipient',
				name: 'recipient',
				values: oneRecipient,
			},
		],
	},
	{
		displayName: 'Recipients',
		name: 'recipientsJson',
		type: 'json',
		default: '[]',
		placeholder: 'e.g. ["user-42", {"distinct_id": "user-43", "$email": ["jane@example.com"]}]',
		description:
			'A list of distinct IDs and JSON objects. JSON objects can contain any property that SuprSend documents for recipients.',
		displayOptions: { show: { recipientsInput: ['json'] } },
	},
];

export function readRecipients(fields: Fields): unknown {
	switch (fields('recipientsInput')) {
		case 'json':
			return readJsonField(fields, 'recipients') ?? [];
		case 'fields':
			return entriesOf(fields('recipients'), 'recipient').map(toRecipient);
		default:
			return readIds(fields('recipientIds'), 'Distinct IDs');
	}
}

function toRecipient(entry: Record<string, unknown>): unknown {
	const channels = {
		$email: asList(entry.email),
		$sms: asList(entry.sms),
		$whatsapp: asList(entry.whatsapp),
	};
	const given = Object.fromEntries(Object.entries(channels).filter(([, values]) => values.length > 0));
	switch (entry.type) {
		case 'anonymous':
			return { is_transient: true, ...given };
		case 'object':
			return { object_type: text(entry.objectType), id: text(entry.objectId), ...given };
		default: {
			const distinct_id = text(entry.distinctId);
			return Object.keys(given).length === 0 ? distinct_id : { distinct_id, ...given };
		}
	}
}
