import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { execute, operationProperties } from '../shared';
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
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Coupon', value: 'coupon' },
					{ name: 'Customer', value: 'customer' },
					{ name: 'Event', value: 'event' },
					{ name: 'Referral Code', value: 'referralCode' },
					{ name: 'Wallet', value: 'wallet' },
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
						description: 'Have the rules of your campaigns checked, and rewards given',
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
						name: 'Get',
						value: 'get',
						action: 'Get customer',
						description: 'Retrieve the details of one customer',
					},
					{
						name: 'Identify',
						value: 'identify',
						action: 'Identify customer',
						description: 'Create a customer, or update the one with the same source ID',
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
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['referralCode'] } },
				options: [
					{
						name: 'Validate',
						value: 'validate',
						action: 'Validate referral code',
						description: 'Find out who owns a code that somebody entered',
					},
				],
				default: 'validate',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['wallet'] } },
				options: [
					{
						name: 'Credit',
						value: 'credit',
						action: 'Credit wallet',
						description: "Add points to a customer's wallet",
					},
					{
						name: 'Debit',
						value: 'debit',
						action: 'Debit wallet',
						description: "Deduct points from a customer's wallet",
					},
					{
						name: 'Get Many',
						value: 'getMany',
						action: 'Get many wallets',
						description: 'Retrieve all wallets of a customer, one item each',
					},
				],
				default: 'getMany',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['coupon'] } },
				options: [
					{
						name: 'Get Many',
						value: 'getMany',
						action: 'Get many coupons',
						description: 'Retrieve the coupons that apply to a customer, an order or everybody',
					},
					{
						name: 'Redeem',
						value: 'redeem',
						action: 'Redeem coupon',
						description: 'Use coupons up once the transaction was successful',
					},
					{
						name: 'Revert',
						value: 'revert',
						action: 'Revert coupon',
						description: 'Give redeemed coupons back when a transaction failed or was cancelled',
					},
					{
						name: 'Validate',
						value: 'validate',
						action: 'Validate coupon',
						description: 'Ask whether coupons can be redeemed, and redeem nothing',
					},
				],
				default: 'getMany',
			},
			...operationProperties(rehook),
		],
	};

	methods = { listSearch: { searchWallets } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, rehook);
	}
}
