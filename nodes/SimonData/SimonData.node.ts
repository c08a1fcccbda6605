import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { destinationHint, execute, operationProperties } from '../shared';
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
		builderHint: {
			searchHint: `${destinationHint} To start a workflow from a Simon Data flow or journey, use Simon Data Trigger.`,
		},
		properties: operationProperties(simonData),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, simonData);
	}
}
