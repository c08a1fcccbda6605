import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { execute, operationProperties } from '../../../../nodes/shared';
import { beacon } from './beacon.provider';

export class Beacon implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Beacon',
		name: 'beacon',
		group: ['output'],
		version: 1,
		description: 'Send customer events to Beacon',
		defaults: { name: 'Beacon' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'beaconApi', required: true }],
		properties: operationProperties(beacon),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, beacon);
	}
}
