import type { ICredentialType, INodeProperties } from 'n8n-workflow';

export class CustomerEventsWebhookApi implements ICredentialType {
	name = 'customerEventsWebhookApi';

	displayName = 'Customer Events Webhook API';

	icon = {
		light: 'file:../nodes/CustomerEvents/customerEvents.svg',
		dark: 'file:../nodes/CustomerEvents/customerEvents.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/customer-events/n8n-nodes-customer-events/blob/main/docs/nodes/customer-events-trigger.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Scheme',
			name: 'scheme',
			type: 'options',
			options: [
				{
					name: 'Write Key',
					value: 'writeKey',
					description: 'What Segment, RudderStack and other SDKs of their family send',
				},
			],
			default: 'writeKey',
		},
		{
			displayName: 'Write Key',
			name: 'writeKeySecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. a long random text of your own',
			description:
				'Choose one and give it to your SDKs as their write key. To replace it without losing events, enter the old and the new one, separated by a comma; a key itself holds none.',
			displayOptions: { show: { scheme: ['writeKey'] } },
		},
	];
}
