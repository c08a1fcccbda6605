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
	'In Rehook, add the webhook URL shown above as a webhook for your application (<a href="https://rehook.readme.io/reference/webhook" target="_blank">guide</a>), and choose the events to send. For this webhook, enter the user and password or the header from your credential. The credential must use the Basic Auth or Header scheme.';

export class RehookTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Rehook Trigger',
		name: 'rehookTrigger',
		icon: { light: 'file:rehook.svg', dark: 'file:rehook.dark.svg' },
		group: ['trigger'],
		// For version 1, n8n evaluates an expression at each request that is meant for its own Webhook node.
		version: 2,
		subtitle: 'Rewards, coupons and referrals',
		description: 'Starts the workflow when a customer is rewarded, a coupon is used or a referral succeeds',
		defaults: { name: 'Rehook Trigger' },
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
		triggerPanel: serviceTriggerPanel('Rehook'),
		builderHint: { searchHint: serviceTriggerHint('Rehook') },
		properties: serviceTriggerFields(setUp, [
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				options: [
					{ name: 'Coupon Created', value: 'coupon.created' },
					{ name: 'Coupon Redeemed', value: 'coupon.redeemed' },
					{ name: 'Coupon Rewarded', value: 'coupon.rewarded' },
					{ name: 'Customer Leaderboard Awarded', value: 'customer.leaderboard.awarded' },
					{ name: 'Customer Meta Updated', value: 'customer.meta.updated' },
					{ name: 'Customer Referred', value: 'customer.referred' },
					{ name: 'Customer Rewarded', value: 'customer.rewarded' },
					{ name: 'Order Success', value: 'order_success' },
					{ name: 'Referral Successful (Advocate)', value: 'customer.referral.successful.advocate' },
					{ name: 'Referral Successful (Friend)', value: 'customer.referral.successful.friend' },
					{ name: 'Signup', value: 'signup' },
				],
				default: [],
				description:
					"The events that start the workflow. Leave empty to start the workflow for all events, including events that aren't listed.",
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
		return await receiveFromService(this, {
			format: 'rehook',
			paths: { event: 'event, event_name, event_type, type' },
		});
	}
}
