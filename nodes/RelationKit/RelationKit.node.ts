import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { execute, operationProperties } from '../shared';
import { relationKit } from './relation-kit.provider';

export class RelationKit implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'RelationKit',
		name: 'relationKit',
		icon: { light: 'file:relationKit.svg', dark: 'file:relationKit.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send customer events and people to RelationKit',
		defaults: { name: 'RelationKit' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'relationKitApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Customer', value: 'customer' },
					{ name: 'Event', value: 'event' },
				],
				default: 'event',
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
						description: 'Tell RelationKit that something happened to a customer',
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
				displayOptions: { show: { resource: ['customer'] } },
				options: [
					{
						name: 'Identify',
						value: 'identify',
						action: 'Identify customer',
						description: 'Create a customer, or update the one with the same user ID',
					},
					{
						name: 'Identify Many',
						value: 'identifyMany',
						action: 'Identify many customers',
						description: 'Create or update all customers of the run and get one summary',
					},
				],
				default: 'identify',
			},
			...operationProperties(relationKit),
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, relationKit);
	}
}
