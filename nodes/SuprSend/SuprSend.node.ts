import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { destinationHint, execute, operationProperties } from '../shared';
import {
	listObjectsOfType,
	listUsers,
	searchCategories,
	searchLists,
	searchTemplates,
	searchTenants,
} from './lookups';
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
		builderHint: {
			searchHint: `${destinationHint} To start a workflow when a notification is delivered or a user replies, use SuprSend Trigger.`,
		},
		// Slack's bot tokens, and URLs with which anyone can post.
		sensitiveOutputFields: ['', 'response.'].flatMap((place) => [
			`${place}$slack[*].value.access_token`,
			`${place}$slack[*].value.incoming_webhook`,
			`${place}$ms_teams[*].value.incoming_webhook`,
		]),
		properties: operationProperties(suprSend),
	};

	methods = {
		listSearch: {
			...{ listObjectsOfType, listUsers, searchCategories },
			...{ searchLists, searchTemplates, searchTenants },
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, suprSend);
	}
}
