import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { convertAndValidate } from './convert-and-validate';
import { destinations } from './destinations';
import { fieldsOfConvert } from './row-fields';
import { consentOption, dropOption, hashOption, rulesFields } from './rules-fields';

function shownFor(operation: string[], fields: readonly INodeProperties[]): INodeProperties[] {
	return fields.map((field) => ({
		...field,
		displayOptions: { show: { operation, ...field.displayOptions?.show } },
	}));
}

export class CustomerEvents implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Customer Events',
		name: 'customerEvents',
		icon: {
			light: 'file:../shared/webhook/customerEvents.svg',
			dark: 'file:../shared/webhook/customerEvents.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ {"convert": "Convert", "suggestPlan": "Suggest Plan", "validate": "Validate"}[$parameter["operation"]] }}',
		description: 'Convert data to customer events, and check events against a tracking plan',
		defaults: { name: 'Customer Events' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Events', 'Rejected'],
		builderHint: {
			searchHint:
				'Convert turns table rows, queue messages and other JSON into customer events for nodes with Mapping Mode "Map Automatically". To receive events over HTTP, use Customer Events Trigger, which converts them automatically.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-customer-events.customerEventsTrigger',
					relationHint: 'Receives events over HTTP and converts them',
				},
				...destinations,
			],
		},
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Convert',
						value: 'convert',
						action: 'Convert data to customer events',
						description: 'Turn rows, messages and other data into customer events',
					},
					{
						name: 'Suggest Plan',
						value: 'suggestPlan',
						action: 'Suggest a tracking plan',
						description:
							'Suggest a tracking plan based on your events. Returns one item for each property of each event.',
					},
					{
						name: 'Validate',
						value: 'validate',
						action: 'Validate customer events',
						description:
							'Check whether events are complete, match a tracking plan and have the required consent',
					},
				],
				default: 'convert',
			},
			{
				displayName: 'Payload Field',
				name: 'payloadField',
				type: 'string',
				requiresDataPath: 'single',
				default: '',
				placeholder: 'e.g. body',
				description:
					'The field in each item that contains the data: an event, a batch or a list of events. Leave empty to use the whole item.',
				displayOptions: { show: { operation: ['convert'] } },
			},
			...shownFor(['convert'], fieldsOfConvert),
			{
				displayName: 'Event Field',
				name: 'eventField',
				type: 'string',
				requiresDataPath: 'single',
				default: '',
				placeholder: 'e.g. body.event',
				description:
					'The field in each item that contains the event. Leave empty if the item itself is the event.',
				displayOptions: { show: { operation: ['suggestPlan', 'validate'] } },
			},
			...shownFor(['convert', 'validate'], rulesFields),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				displayOptions: { show: { operation: ['convert', 'validate'] } },
				options: [
					{
						displayName: 'Accept Future Times',
						name: 'acceptFutureTimes',
						type: 'boolean',
						default: false,
						description:
							'Whether to keep event times that are more than five minutes in the future. If off, these times are replaced with the current time.',
					},
					dropOption,
					hashOption,
					{
						displayName: 'Headers Field',
						name: 'headersField',
						type: 'string',
						requiresDataPath: 'single',
						default: '',
						placeholder: 'e.g. headers',
						description:
							'The field in each item that contains the HTTP headers. Some formats, such as Standard Webhooks and CloudEvents in binary mode, require headers.',
						displayOptions: { show: { '/operation': ['convert'] } },
					},
					consentOption,
				],
			},
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return convertAndValidate(this);
	}
}
