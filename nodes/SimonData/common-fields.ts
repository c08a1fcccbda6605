import type { INodeProperties } from 'n8n-workflow';

export const clientIdField: INodeProperties = {
	displayName: 'Client ID',
	name: 'clientId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 92adbc3c-c22b-49bf-a9ae-11d9e8b3e6b4',
	description:
		'An ID of up to 45 characters that identifies the device or session, for example from a cookie. You can also use the user ID.',
};

export const userIdField: INodeProperties = {
	displayName: 'User ID',
	name: 'userId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 97980cfea0067',
	description: "The contact's permanent ID in your own system",
};

export const emailField: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	default: '',
	placeholder: 'e.g. name@email.com',
	description: 'The email address of the contact',
};

/** Where and when the event happened. */
export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		{
			displayName: 'Device Type',
			name: 'deviceType',
			type: 'string',
			default: '',
			placeholder: 'e.g. mobile',
		},
		{
			displayName: 'IP Address',
			name: 'ipAddress',
			type: 'string',
			default: '',
			placeholder: 'e.g. 203.0.113.7',
			description: "The public IP address of the user's device",
		},
		{
			displayName: 'Library Name',
			name: 'libraryName',
			type: 'string',
			default: '',
			placeholder: 'e.g. simon.js',
			description: 'A unique name for the client library that the data comes from',
		},
		{
			displayName: 'Library Version',
			name: 'libraryVersion',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2.0.0',
		},
		{
			displayName: 'Page URL',
			name: 'pageUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/products',
			description: 'The URL of the page that the contact was on',
		},
		{
			displayName: 'Sent At',
			name: 'sentAt',
			type: 'dateTime',
			default: '',
			description:
				"The time of the event, in the workflow's time zone unless the value contains a time zone. Defaults to now.",
		},
		{
			displayName: 'Timezone',
			name: 'timezone',
			type: 'string',
			default: '',
			placeholder: 'e.g. Europe/Amsterdam',
			description:
				"The contact's time zone, as a name or as UTC minus local time in minutes, such as -120 for UTC+2",
		},
		{
			displayName: 'User Agent',
			name: 'userAgent',
			type: 'string',
			default: '',
			placeholder: 'e.g. Mozilla/5.0',
			description: 'The user agent of the device',
		},
	],
};
