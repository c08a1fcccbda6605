import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { senderSchemes, signsTime } from '../nodes/shared/webhook/sender-schemes';

const timed = senderSchemes.filter(({ signature }) => signsTime(signature)).map(({ scheme }) => scheme);

export class CustomerEventsWebhookApi implements ICredentialType {
	name = 'customerEventsWebhookApi';

	displayName = 'Customer Events Webhook API';

	icon = {
		light: 'file:../nodes/shared/webhook/customerEvents.svg',
		dark: 'file:../nodes/shared/webhook/customerEvents.dark.svg',
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
					description: 'For Segment, RudderStack and similar SDKs',
				},
				{
					name: 'Standard Webhooks / Svix',
					value: 'standardWebhooks',
					description: 'For senders that sign with the headers webhook-signature or svix-signature',
				},
				{
					name: 'Segment',
					value: 'segment',
					description: "The shared secret of Segment's Webhooks (Actions) destination",
				},
				...senderSchemes.map(({ scheme, preset, secretHint }) => ({
					name: preset.displayName,
					value: scheme,
					description: secretHint,
				})),
				{
					name: 'Custom HMAC',
					value: 'customHmac',
					description: 'For other senders that sign their requests: you describe how',
				},
				{
					name: 'Header',
					value: 'header',
					description: "For senders that don't sign, but let you add a header",
				},
				{
					name: 'Basic Auth',
					value: 'basicAuth',
					description: "For senders that don't sign, but let you enter a user and a password",
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
			hint: 'Enter a long random string. Your SDK sends the same one.',
			description:
				"Choose a key and set it as the write key of your SDKs. To replace it without losing events, enter the old and the new key, separated by a comma. Keys can't contain commas.",
			displayOptions: { show: { scheme: ['writeKey'] } },
		},
		{
			displayName:
				"With the header X-Signature, Segment signs only the first event of a batch: anyone who sees such a request can add events to it. In Segment, turn on 'Use X-Segment-Signature Header', or turn off batching.",
			name: 'segmentNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { scheme: ['segment'] } },
		},
		{
			displayName: 'Signing Secret',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. whsec_…',
			description:
				'Copy it from the sender, including whsec_ or whpk_. To replace it without losing events, enter the old and the new secret, separated by a comma.',
			displayOptions: { show: { scheme: ['standardWebhooks'] } },
		},
		{
			displayName: 'Signing Secret',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. the sender’s secret or signing key',
			description:
				"Must be the same at the sender and here. To replace it without losing events, enter the old and the new secret, separated by a comma. Secrets can't contain commas.",
			displayOptions: {
				show: {
					scheme: ['segment', ...senderSchemes.map(({ scheme }) => scheme), 'customHmac'],
				},
			},
		},
		{
			displayName: 'Signature Header',
			name: 'signatureHeader',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. X-Signature',
			description: 'The header that contains the signature',
			displayOptions: { show: { scheme: ['customHmac'] } },
		},
		{
			displayName: 'Signature Prefix',
			name: 'signaturePrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. sha256=',
			description: 'The text before the signature in its header',
			displayOptions: { show: { scheme: ['customHmac'] } },
		},
		{
			displayName: 'Algorithm',
			name: 'hmacAlgorithm',
			type: 'options',
			options: [
				{ name: 'SHA-1', value: 'sha1' },
				{ name: 'SHA-256', value: 'sha256' },
				{ name: 'SHA-512', value: 'sha512' },
			],
			default: 'sha256',
			displayOptions: { show: { scheme: ['customHmac'] } },
		},
		{
			displayName: 'Encoding',
			name: 'hmacEncoding',
			type: 'options',
			options: [
				{ name: 'Base64', value: 'base64' },
				{ name: 'Hex', value: 'hex' },
			],
			default: 'hex',
			description: 'Hex has only digits and the letters a to f',
			displayOptions: { show: { scheme: ['customHmac'] } },
		},
		{
			displayName: 'Signed Text',
			name: 'signedTemplate',
			type: 'string',
			required: true,
			default: '{body}',
			placeholder: 'e.g. {timestamp}.{body}',
			description:
				'What the sender signs. {body} is the request body, {timestamp} and {id} are the values of the headers below.',
			displayOptions: { show: { scheme: ['customHmac'] } },
		},
		{
			displayName: 'Timestamp Header',
			name: 'timestampHeader',
			type: 'string',
			default: '',
			placeholder: 'e.g. X-Timestamp',
			description:
				'The header that contains the signed time, which can be the signature header. Leave empty if no time is signed.',
			displayOptions: { show: { scheme: ['customHmac'] } },
		},
		{
			displayName: 'Timestamp Prefix',
			name: 'timestampPrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. t=',
			description: 'The text before the time, if its header has other parts, as in t=1700000000,v1=…',
			displayOptions: { show: { scheme: ['customHmac'] } },
		},
		{
			displayName: 'ID Header',
			name: 'idHeader',
			type: 'string',
			default: '',
			placeholder: 'e.g. X-Request-Id',
			description: 'The header that contains the signed ID. Leave empty if no ID is signed.',
			displayOptions: { show: { scheme: ['customHmac'] } },
		},
		{
			displayName: 'Tolerance (Seconds)',
			name: 'toleranceSeconds',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 300,
			description: 'How old a signed request can be. This prevents old requests from being repeated.',
			displayOptions: { show: { scheme: ['standardWebhooks', ...timed, 'customHmac'] } },
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. X-Webhook-Key',
			displayOptions: { show: { scheme: ['header'] } },
		},
		{
			displayName: 'Header Value',
			name: 'headerValueSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. a long random string',
			description:
				"Choose a value and enter the same one at the sender. To replace it without losing events, enter the old and the new value, separated by a comma. Values can't contain commas.",
			displayOptions: { show: { scheme: ['header'] } },
		},
		{
			displayName: 'User',
			name: 'basicUser',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. n8n',
			displayOptions: { show: { scheme: ['basicAuth'] } },
		},
		{
			displayName: 'Password',
			name: 'basicPassword',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. a long random string',
			description:
				"Choose a password and enter the same one at the sender. To replace it without losing events, enter the old and the new password, separated by a comma. Passwords can't contain commas.",
			displayOptions: { show: { scheme: ['basicAuth'] } },
		},
	];
}
