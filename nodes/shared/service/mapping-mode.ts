import type { INodeProperties } from 'n8n-workflow';

/** How an operation reads its record: from the item as a canonical event, or from fields in the node. */
export const mappingMode: INodeProperties = {
	displayName: 'Mapping Mode',
	name: 'mappingMode',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Canonical Event',
			value: 'canonicalEvent',
			description: 'The item is an event, as the Customer Events Trigger and Segment-style SDKs make it',
		},
		{
			name: 'Define Below',
			value: 'defineBelow',
			description: 'Fill in the fields by hand or with expressions',
		},
	],
	default: 'canonicalEvent',
};

export const eventField: INodeProperties = {
	displayName: 'Event Field',
	name: 'eventField',
	type: 'string',
	requiresDataPath: 'single',
	default: '',
	placeholder: 'e.g. body.event',
	description: 'The field of the item that holds the event. Leave empty if the item itself is the event.',
	displayOptions: { show: { mappingMode: ['canonicalEvent'] } },
};

/** For summary operations, which read canonical events only. */
export const eventsField: INodeProperties = {
	displayName: 'Events Field',
	name: 'eventsField',
	type: 'string',
	requiresDataPath: 'single',
	default: '',
	placeholder: 'e.g. body.batch',
	description: 'The field of the items that holds a list of events. Leave empty if each item is one event.',
};
