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
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				options: [{ name: 'Event', value: 'event' }],
				default: 'event',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				displayOptions: { show: { resource: ['event'] } },
				options: [
					{ name: 'Send', value: 'send', action: 'Send event' },
					{ name: 'Send Many', value: 'sendMany', action: 'Send many events' },
				],
				default: 'send',
			},
			...operationProperties(beacon),
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, beacon);
	}
}
