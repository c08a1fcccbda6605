import type { INodeProperties } from 'n8n-workflow';

/** The "Options" that all senders share. */
export const senderOptions: INodeProperties[] = [
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 32 },
		default: 10,
		description: 'How many requests may be under way at once',
	},
	{
		displayName: 'Event Name Format',
		name: 'eventNameFormat',
		type: 'options',
		options: [
			{ name: 'As It Is', value: 'asIs', description: 'Order Completed stays Order Completed' },
			{ name: 'Kebab Case', value: 'kebabCase', description: 'Order Completed becomes order-completed' },
			{ name: 'Snake Case', value: 'snakeCase', description: 'Order Completed becomes order_completed' },
		],
		default: 'asIs',
		description: 'How to write the names of events, if not as the service recommends',
	},
	{
		displayName: 'Keep Order per User',
		name: 'keepOrder',
		type: 'boolean',
		default: true,
		description: 'Whether the events of one user go out one after the other, in the order of the items',
	},
	{
		displayName: 'Respect Integrations',
		name: 'respectIntegrations',
		type: 'boolean',
		default: true,
		description: "Whether to skip events whose 'integrations' leave this service out",
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		description: 'How many seconds to wait for an answer',
	},
];
