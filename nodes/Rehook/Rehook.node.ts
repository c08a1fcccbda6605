import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { destinationHint, execute, operationProperties } from '../shared';
import { searchWallets } from './lookups';
import { rehook } from './rehook.provider';

export class Rehook implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Rehook',
		name: 'rehook',
		icon: { light: 'file:rehook.svg', dark: 'file:rehook.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Send customer events to Rehook, and work with its customers, referrals, wallets and coupons',
		defaults: { name: 'Rehook' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'rehookApi', required: true }],
		builderHint: {
			searchHint: `${destinationHint} To start a workflow when Rehook reports a reward, a coupon or a referral, use Rehook Trigger.`,
		},
		properties: operationProperties(rehook),
	};

	methods = { listSearch: { searchWallets } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, rehook);
	}
}
