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
	pathsField,
	receiveFromService,
	serviceTriggerFields,
	serviceTriggerHint,
	serviceTriggerPanel,
	serviceWebhooks,
	webhookCredentialTest,
	type Paths,
} from '../shared';

/** Source: https://docs.simondata.com/reference/webhook-best-practices-1 */
const largestRequest = 2 * 1024 * 1024;

const setUp =
	'In Simon Data, add the Make a Webhook Call action to your flow, with the POST method and the webhook URL shown above. In this action, enter the user and password or the header from your credential. The credential must use the Basic Auth or Header scheme.';

export class SimonDataTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Simon Data Trigger',
		name: 'simonDataTrigger',
		icon: { light: 'file:simonData.svg', dark: 'file:simonData.dark.svg' },
		group: ['trigger'],
		// For version 1, n8n evaluates an expression at each request that is meant for its own Webhook node.
		version: 2,
		subtitle: 'Flows and journeys',
		description: 'Starts the workflow when a Simon Data flow or journey calls a webhook',
		defaults: { name: 'Simon Data Trigger' },
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
		triggerPanel: serviceTriggerPanel('Simon Data'),
		builderHint: {
			searchHint: `${serviceTriggerHint('Simon Data')} Set Paths to match the webhook body that the user designed in Simon Data.`,
		},
		properties: serviceTriggerFields(setUp, [
			{
				displayName:
					'You design the webhook’s body in Simon Data. Under Paths, enter at least the path to the User ID.',
				name: 'pathsNotice',
				type: 'notice',
				default: '',
			},
			pathsField,
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
		const paths = this.getNodeParameter('paths', {}) as Paths;
		return await receiveFromService(this, { format: 'simon', paths, mostBytes: largestRequest });
	}
}
