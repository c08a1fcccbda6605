import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { takeEvents } from './take-events';
import { webhookCredentialTest } from './webhook-credential';
import { basePath, sdkPaths } from './webhook-paths';

export class CustomerEventsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Customer Events Trigger',
		name: 'customerEventsTrigger',
		icon: { light: 'file:customerEvents.svg', dark: 'file:customerEvents.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'SDKs and JSON',
		description: 'Starts the workflow when an SDK or another system sends customer events',
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
		webhooks: [basePath, ...sdkPaths],
		eventTriggerDescription: 'Waiting for you to post an event to the test URL',
		activationMessage: 'You can now send events to the production webhook URL.',
		triggerPanel: {
			header: 'Receive a test event',
			executionsHelp: {
				inactive:
					'<b>While building your workflow</b>, open Webhook URLs and copy the test URL. Then click the button and post an event to that URL. It appears here.<br /><br /><b>Once you are happy with your workflow</b>, publish it and point your SDK at the production URL.',
				active:
					'<b>While building your workflow</b>, open Webhook URLs and copy the test URL. Then click the button and post an event to that URL. It appears here.<br /><br /><b>Your workflow also runs by itself</b>, since it is published. These runs show in the executions list, not here.',
			},
			activationHint:
				'Publish the workflow to receive events at the production URL without clicking this button.',
		},
		properties: [
			{
				displayName:
					'Give the webhook URL to your senders. RudderStack: data plane URL = the whole URL. Segment for Node.js: host = <code>https://your-n8n</code>, path = the rest of the URL with <code>/v1/batch</code>. Anything else: post one event or a list of events as JSON.',
				name: 'sdkNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Authentication',
				name: 'authentication',
				type: 'options',
				options: [
					{
						name: 'Credential',
						value: 'credential',
						description: 'Only senders that prove who they are get their events in',
					},
					{
						name: 'None',
						value: 'none',
						description: 'Anyone who knows the URL can send events',
					},
				],
				default: 'credential',
			},
			{
				displayName: 'Anyone who learns this URL can send events into your workflow',
				name: 'noAuthenticationNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { authentication: ['none'] } },
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Accept Future Times',
						name: 'acceptFutureTimes',
						type: 'boolean',
						default: false,
						description:
							'Whether to keep the time of an event that claims to lie more than five minutes in the future. Otherwise it gets the time of receipt.',
					},
					{
						displayName: 'Max Batch Size (KiB)',
						name: 'maxBatchSize',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: 500,
						description: 'Larger requests are refused with status 413',
					},
					{
						displayName: 'Max Event Size (KiB)',
						name: 'maxEventSize',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: 32,
						description: 'Larger events leave on the Rejected output',
					},
					{
						displayName: 'Max Events per Batch',
						name: 'maxEventsPerBatch',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: 2500,
						description: 'Requests with more events are refused with status 413',
					},
				],
			},
		],
	};

	methods = { credentialTest: { webhookCredentialTest } };

	/** There is nothing to register at a sender: people paste the URL into their SDK. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await takeEvents(this);
	}
}
