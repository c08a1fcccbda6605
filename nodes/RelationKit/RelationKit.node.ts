import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { destinationHint, execute, operationProperties } from '../shared';
import { relationKit } from './relation-kit.provider';

export class RelationKit implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'RelationKit',
		name: 'relationKit',
		icon: { light: 'file:relationKit.svg', dark: 'file:relationKit.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send customer events and customer details to RelationKit',
		defaults: { name: 'RelationKit' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'relationKitApi', required: true }],
		builderHint: { searchHint: destinationHint },
		properties: operationProperties(relationKit),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, relationKit);
	}
}
