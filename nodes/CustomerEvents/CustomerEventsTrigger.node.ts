import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { destinations } from './destinations';
import { formatFields, readFormat } from './format-fields';
import { rulesFields } from './rules-fields';
import { authenticationFields } from '../shared/webhook/authentication-fields';
import { webhookCredentialTest } from '../shared/webhook/credential';
import { receive } from '../shared/webhook/receive';
import { senderHelp } from './sender-help';
import { checkSettings, readTriggerOptions, triggerOptions } from './trigger-options';
import { baseUrl, setupUrls, urlsOfSdks } from '../shared/webhook/urls';

export class CustomerEventsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Customer Events Trigger',
		name: 'customerEventsTrigger',
		icon: {
			light: 'file:../shared/webhook/customerEvents.svg',
			dark: 'file:../shared/webhook/customerEvents.dark.svg',
		},
		group: ['trigger'],
		// Both are the same. But for version 1, n8n evaluates an expression at each request that is meant for its own
		// Webhook node; version 2 avoids that.
		version: [1, 2],
		subtitle: 'SDKs, webhooks and JSON',
		description: 'Receive customer events from SDKs and webhooks, and convert and validate them',
		defaults: { name: 'Customer Events Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Events', 'Rejected'],
		credentials: [
			{
				name: 'customerEventsWebhookApi',
				required: true,
				testedBy: 'webhookCredentialTest',
				displayOptions: { show: { authentication: ['credential'] } },
			},
		],
		webhooks: [baseUrl, ...setupUrls, ...urlsOfSdks],
		eventTriggerDescription: 'Waiting for you to send an event to the test URL',
		activationMessage: 'You can now send events to the production URL.',
		triggerPanel: {
			header: 'Receive a test event',
			executionsHelp: {
				inactive:
					'<b>While building your workflow</b>, open Webhook URLs and copy the test URL. Then click the button and send an event to that URL. The event appears here.<br /><br /><b>When your workflow is ready</b>, publish it and use the production URL in your SDK or webhook.',
				active:
					'<b>While building your workflow</b>, open Webhook URLs and copy the test URL. Then click the button and send an event to that URL. The event appears here.<br /><br /><b>Your published workflow</b> also runs when an event arrives at the production URL. These executions appear in the executions list, not here.',
			},
			activationHint:
				'Publish the workflow to receive events at the production URL without clicking this button.',
		},
		builderHint: {
			searchHint:
				'Use this trigger instead of Webhook to receive customer events. Senders can be websites, apps, SDKs such as Segment, RudderStack and PostHog, or services such as Stripe and Shopify. The trigger authenticates senders, skips duplicates and outputs customer events. Connect the Events output to one node per service, with Mapping Mode "Map Automatically".',
			relatedNodes: [
				...destinations,
				{
					nodeType: 'n8n-nodes-customer-events.customerEvents',
					relationHint: 'Checks the events against a tracking plan',
				},
			],
		},
		properties: [...senderHelp, ...authenticationFields, ...formatFields, ...rulesFields, triggerOptions],
	};

	methods = { credentialTest: { webhookCredentialTest } };

	/** Registers nothing at the sender: users paste the URL into their SDK. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			/** Checks the settings, so that a mistake shows before the first request. */
			async create(this: IHookFunctions): Promise<boolean> {
				checkSettings(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const format = readFormat(this.getNodeParameter('format'), this.getNodeParameter('paths', {}));
		return await receive(this, readTriggerOptions(this), format);
	}
}
