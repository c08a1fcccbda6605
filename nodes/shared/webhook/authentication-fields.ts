import type { INodeProperties } from 'n8n-workflow';

/** How senders prove who they are. All webhook triggers have these fields. */
export const authenticationFields: INodeProperties[] = [
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		options: [
			{
				name: 'Credential',
				value: 'credential',
				description: 'Accept events only from senders that authenticate themselves',
			},
			{
				name: 'None',
				value: 'none',
				description: 'Accept events from anyone who knows the webhook URL',
			},
		],
		default: 'credential',
	},
	// Shows the credential here. By default, n8n shows it above Authentication.
	{
		displayName: 'Credential',
		name: 'credentials',
		type: 'credentials',
		default: '',
		displayOptions: { show: { authentication: ['credential'] } },
	},
	{
		displayName: 'Anyone who knows the webhook URL can send events to your workflow',
		name: 'noAuthenticationNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['none'] } },
	},
];
