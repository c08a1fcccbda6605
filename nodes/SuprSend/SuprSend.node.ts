import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { execute, operationProperties } from '../shared';
import { listUsers, searchLists, searchTenants } from './lookups';
import { suprSend } from './supr-send.provider';

export class SuprSend implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SuprSend',
		name: 'suprSend',
		icon: { light: 'file:suprSend.svg', dark: 'file:suprSend.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send customer events to SuprSend, manage its users and trigger its workflows',
		defaults: { name: 'SuprSend' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'suprSendApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Event', value: 'event' },
					{ name: 'List', value: 'list' },
					{ name: 'Tenant', value: 'tenant' },
					{ name: 'User', value: 'user' },
					{ name: 'Workflow', value: 'workflow' },
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
						description: 'Start the SuprSend workflows that wait for this event of a known user',
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
				displayOptions: { show: { resource: ['list'] } },
				options: [
					{
						name: 'Add Users',
						value: 'addUsers',
						action: 'Add users to list',
						description: 'Make users members of a list, so that broadcasts to it reach them',
					},
					{
						name: 'Remove Users',
						value: 'removeUsers',
						action: 'Remove users from list',
						description: 'Take users out of a list',
					},
				],
				default: 'addUsers',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['tenant'] } },
				options: [
					{
						name: 'Create or Update',
						value: 'upsert',
						action: 'Create or update tenant',
						description: 'Create a new record, or update the current one if it already exists (upsert)',
					},
				],
				default: 'upsert',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['user'] } },
				options: [
					{
						name: 'Delete',
						value: 'delete',
						action: 'Delete user',
						description: 'Take a user and all that is known of them out of SuprSend, for good',
					},
					{
						name: 'Edit',
						value: 'edit',
						action: 'Edit user',
						description: 'Set, append, remove, increment or unset single properties and channels',
					},
					{
						name: 'Get',
						value: 'get',
						action: 'Get user',
						description: 'Read the properties and channels of one user',
					},
					{
						name: 'Identify',
						value: 'identify',
						action: 'Identify user',
						description: 'Create a user, or update the one with the same distinct ID',
					},
					{
						name: 'Identify Many',
						value: 'identifyMany',
						action: 'Identify many users',
						description: 'Create or update all users of the run and get one summary',
					},
				],
				default: 'identify',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['workflow'] } },
				options: [
					{
						name: 'Trigger',
						value: 'trigger',
						action: 'Trigger workflow',
						description: 'Run a workflow of SuprSend for the recipients that you name',
					},
					{
						name: 'Trigger Many',
						value: 'triggerMany',
						action: 'Trigger workflow many times',
						description: 'Run a workflow for all events of the run and get one summary',
					},
				],
				default: 'trigger',
			},
			...operationProperties(suprSend),
		],
	};

	methods = { listSearch: { listUsers, searchLists, searchTenants } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, suprSend);
	}
}
