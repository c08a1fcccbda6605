import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import {
	checkServiceTrigger,
	receiveFromService,
	serviceTriggerFields,
	serviceTriggerHint,
	serviceTriggerPanel,
	serviceWebhooks,
	webhookCredentialTest,
} from '../shared';

const setUp =
	'In SuprSend, go to Developers &gt; Webhooks and add the webhook URL shown above (<a href="https://docs.suprsend.com/docs/outbound-webhook" target="_blank">guide</a>). Under custom headers, add the header from your credential. The credential must use the Header scheme.';

export class SuprSendTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SuprSend Trigger',
		name: 'suprSendTrigger',
		icon: { light: 'file:suprSend.svg', dark: 'file:suprSend.dark.svg' },
		group: ['trigger'],
		// For version 1, n8n evaluates an expression at each request that is meant for its own Webhook node.
		version: 2,
		subtitle: 'Notification statuses and replies',
		description:
			'Starts the workflow when a notification is delivered, seen or clicked, or when a user replies',
		defaults: { name: 'SuprSend Trigger' },
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
		webhooks: serviceWebhooks,
		eventTriggerDescription: 'Waiting for an event at the test URL',
		activationMessage: 'You can now send webhooks to the production URL.',
		triggerPanel: serviceTriggerPanel('SuprSend'),
		builderHint: { searchHint: serviceTriggerHint('SuprSend') },
		properties: serviceTriggerFields(setUp, [
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				options: [
					{ name: 'Message Received', value: 'Message Received' },
					{ name: 'Notification Archived', value: 'Notification Archived' },
					{ name: 'Notification Clicked', value: 'Notification Clicked' },
					{ name: 'Notification Delivered', value: 'Notification Delivered' },
					{ name: 'Notification Delivery Failed', value: 'Notification Delivery Failed' },
					{ name: 'Notification Dismissed', value: 'Notification Dismissed' },
					{ name: 'Notification Read', value: 'Notification Read' },
					{ name: 'Notification Seen', value: 'Notification Seen' },
					{ name: 'Notification Sent', value: 'Notification Sent' },
					{ name: 'Notification Triggered', value: 'Notification Triggered' },
					{ name: 'Notification Unread', value: 'Notification Unread' },
				],
				default: [],
				description:
					"The events that start the workflow. Leave empty to start the workflow for all events, including statuses that aren't listed.",
			},
		]),
	};

	methods = { credentialTest: { webhookCredentialTest } };

	/** Registers nothing: users enter the URL in the service. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				checkServiceTrigger(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveFromService(this, { format: 'suprsend' });
	}
}
