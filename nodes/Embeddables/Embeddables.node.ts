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
		builderHint: {
			searchHint:
				'An event requires the embeddable and an identifier, such as the email that the person entered in the embeddable. For customer events, use Mapping Mode "Map Automatically". For rows and other JSON, use "Define Below". To start a workflow when people fill in an embeddable, use Embeddables Trigger.',
		},
		properties: operationProperties(embeddables),
	};

	methods = { listSearch: { searchEmbeddables, searchIdentifierKeys } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, embeddables);
	}
}
