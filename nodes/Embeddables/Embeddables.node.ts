import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { execute, operationProperties } from '../shared';
import { embeddables } from './embeddables.provider';
import { searchEmbeddables, searchIdentifierKeys } from './lookups';

export class Embeddables implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Embeddables',
		name: 'embeddables',
		icon: { light: 'file:embeddables.svg', dark: 'file:embeddables.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send custom events to Embeddables and read entries',
		defaults: { name: 'Embeddables' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'embeddablesApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Entry', value: 'entry' },
					{ name: 'Event', value: 'event' },
					{ name: 'User', value: 'user' },
				],
				default: 'event',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['entry'] } },
				options: [
					{
						name: 'Get Many',
						value: 'getMany',
						action: 'Get many entries',
						description: 'Read what people have entered in the embeddables of the project',
					},
				],
				default: 'getMany',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['event'] } },
				options: [
					{
						name: 'Send',
						value: 'send',
						action: 'Send event',
						description: 'Add a custom event to the entry of a user',
					},
					{
						name: 'Send Many',
						value: 'sendMany',
						action: 'Send many events',
						description: 'Send all events of the run and get one summary',
					},
				],
				default: 'send',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['user'] } },
				options: [
					{
						name: 'Identify',
						value: 'identify',
						action: 'Identify user',
						description: 'Add a custom event with the traits of a user to their entry',
					},
					{
						name: 'Identify Many',
						value: 'identifyMany',
						action: 'Identify many users',
						description: 'Send the traits of all users of the run and get one summary',
					},
				],
				default: 'identify',
			},
			...operationProperties(embeddables),
		],
	};

	methods = { listSearch: { searchEmbeddables, searchIdentifierKeys } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, embeddables);
	}
}
