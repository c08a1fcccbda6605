import type { INodeProperties } from 'n8n-workflow';

const path: Pick<INodeProperties, 'type' | 'default' | 'requiresDataPath'> = {
	type: 'string',
	default: '',
	requiresDataPath: 'multiple',
};

/** Where the parts of an event are in JSON without fixed fields. */
export const pathsField: INodeProperties = {
	displayName: 'Paths',
	name: 'paths',
	type: 'collection',
	placeholder: 'Add path',
	default: {},
	description:
		'Where to find the parts of an event, for example data.customer.key. To read a header, enter header:x-topic. You can enter several paths, separated by commas, and the first one with a value is used. Your paths override the built-in paths for known senders.',
	options: [
		{
			displayName: 'Anonymous ID',
			name: 'anonymousId',
			...path,
			placeholder: 'e.g. session.key',
		},
		{
			displayName: 'Event Name',
			name: 'event',
			...path,
			placeholder: 'e.g. action.name',
		},
		{
			displayName: 'List of Events',
			name: 'events',
			...path,
			placeholder: 'e.g. data.records',
			description:
				'The list in the body that contains the events. All other paths are looked up in each entry of this list first, and then in the body.',
		},
		{
			displayName: 'Message ID',
			name: 'messageId',
			...path,
			placeholder: 'e.g. key',
			description: 'The unique ID of the event, used to recognize duplicates',
		},
		{
			displayName: 'Properties',
			name: 'properties',
			...path,
			placeholder: 'e.g. data',
			description: "The part of the data to keep as the event's properties. Leave empty to keep everything.",
		},
		{
			displayName: 'Time',
			name: 'timestamp',
			...path,
			placeholder: 'e.g. created_at',
		},
		{
			displayName: 'User ID',
			name: 'userId',
			...path,
			placeholder: 'e.g. data.customer.number',
		},
	],
};
