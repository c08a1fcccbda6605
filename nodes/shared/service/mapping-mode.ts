import type { INodeProperties } from 'n8n-workflow';

/** How an operation reads its record: from fields in the node, or from the item as a customer event. */
export const mappingMode: INodeProperties = {
	displayName: 'Mapping Mode',
	name: 'mappingMode',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Define Below',
			value: 'defineBelow',
			description: 'Fill in each field manually or with an expression',
		},
		{
			name: 'Map Automatically',
			value: 'canonicalEvent',
			description:
				'Read the fields from customer events, such as those from Customer Events Trigger or Customer Events (Convert)',
		},
	],
	default: 'defineBelow',
	builderHint: {
		propertyHint:
			"Use canonicalEvent only if each item is a customer event from the Events output of Customer Events Trigger, Customer Events (Convert) or a service's trigger. For rows and other JSON, use defineBelow and fill in the fields with expressions.",
	},
};

const eventContract =
	'https://github.com/customer-events/n8n-nodes-customer-events/blob/main/docs/event-contract.md';

const onlyAutomatic = { show: { mappingMode: ['canonicalEvent'] } };

/** Shows what an event looks like. Events of other types differ in the last line. */
export const sampleEvent: INodeProperties = {
	displayName: [
		`Each item must be a customer event (<a href="${eventContract}" target="_blank">list of fields</a>), for example:`,
		'{ "type": "track", "event": "Signed Up",',
		'"userId": "user-42", "timestamp": "2026-01-31T09:30:00Z",',
		'"properties": { "email": "ada@example.com" } }',
	].join('<br />'),
	name: 'sampleEventNotice',
	type: 'notice',
	default: '',
	displayOptions: onlyAutomatic,
};

export const eventField: INodeProperties = {
	displayName: 'Event Field',
	name: 'eventField',
	type: 'string',
	requiresDataPath: 'single',
	default: '',
	placeholder: 'e.g. body.event',
	description: 'The field in each item that contains the event. Leave empty if the item itself is the event.',
	displayOptions: onlyAutomatic,
};

/** For summary operations. */
export const eventsField: INodeProperties = {
	displayName: 'Events Field',
	name: 'eventsField',
	type: 'string',
	requiresDataPath: 'single',
	default: '',
	placeholder: 'e.g. body.batch',
	description:
		'The field in each item that contains a list of events. Leave empty if each item is one event.',
	displayOptions: onlyAutomatic,
};
