import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { execute, operationProperties } from '../shared';
import { simonData } from './simon-data.provider';

export class SimonData implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Simon Data',
		name: 'simonData',
		icon: { light: 'file:simonData.svg', dark: 'file:simonData.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send customer events and contacts to Simon Data',
		defaults: { name: 'Simon Data' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'simonDataApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Contact', value: 'contact' },
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
						description: 'Tell Simon Data that a contact did something',
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
				displayOptions: { show: { resource: ['contact'] } },
				options: [
					{
						name: 'Identify',
						value: 'identify',
						action: 'Identify contact',
						description: 'Tell Simon Data whose client ID it is, for the next 7 days',
					},
					{
						name: 'Identify Many',
						value: 'identifyMany',
						action: 'Identify many contacts',
						description: 'Identify all contacts of the run and get one summary',
					},
				],
				default: 'identify',
			},
			...operationProperties(simonData),
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, simonData);
	}
}
