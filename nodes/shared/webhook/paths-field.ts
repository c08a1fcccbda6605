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
		'Where to find the parts of an event, such as data.customer.key. Separate alternatives with commas: the first one that finds a value is used. header:x-topic reads a header. Your paths override those of a known sender.',
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
				'The list in the body that contains the events. All other paths start at its entries, and then look in the body.',
		},
		{
			displayName: 'Message ID',
			name: 'messageId',
			...path,
			placeholder: 'e.g. key',
			description: 'The unique ID of the event, to recognize repetitions',
		},
		{
			displayName: 'Properties',
			name: 'properties',
			...path,
			placeholder: 'e.g. data',
			description: 'What to keep as the properties of the event. Leave empty to keep everything.',
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
