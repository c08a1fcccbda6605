import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { senderSchemes, signsTime } from '../nodes/CustomerEvents/webhook/sender-schemes';

const timed = senderSchemes.filter(({ signature }) => signsTime(signature)).map(({ scheme }) => scheme);

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
				{
					name: 'Standard Webhooks / Svix',
					value: 'standardWebhooks',
					description: 'For senders that sign with the headers webhook-signature or svix-signature',
				},
				{
					name: 'Segment',
					value: 'segment',
					description: "The shared secret of Segment's destination Webhooks (Actions)",
				},
				...senderSchemes.map(({ scheme, preset, secretHint }) => ({
					name: preset.displayName,
					value: scheme,
					description: secretHint,
				})),
				{
					name: 'Custom HMAC',
					value: 'customHmac',
					description: 'For other senders that sign: you describe how they do it',
				},
				{
					name: 'Header',
					value: 'header',
					description: 'For senders that sign nothing, but let you add a header',
				},
				{
					name: 'Basic Auth',
					value: 'basicAuth',
					description: 'For senders that sign nothing, but let you enter a user and a password',
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
			hint: 'A long random text of your own; your SDK sends the same',
			description:
				'Choose one and give it to your SDKs as their write key. To replace it without losing events, enter the old and the new one, separated by a comma; a key itself holds none.',
			displayOptions: { show: { scheme: ['writeKey'] } },
		},
		{
			displayName:
				"With the header X-Signature, Segment signs only the first event of a batch: whoever sees one such request can add events to it. At Segment, turn on 'Use X-Segment-Signature Header', or turn batching off.",
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
			placeholder: 'e.g. whsec_ or whpk_ and more',
			description:
				'Copy it from the sender, with its beginning. To replace it without losing events, enter the old and the new one, separated by a comma.',
			displayOptions: { show: { scheme: ['standardWebhooks'] } },
		},
		{
			displayName: 'Signing Secret',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. the text that the sender calls secret or signing key',
			description:
				'The same at the sender and here. To replace it without losing events, enter the old and the new one, separated by a comma; a secret itself holds none.',
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
			description: 'The header that holds the signature',
			displayOptions: { show: { scheme: ['customHmac'] } },
		},
		{
			displayName: 'Signature Prefix',
			name: 'signaturePrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. sha256=',
			description: 'What stands before the signature in its header',
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
				'What the sender signs. {body} stands for the request body, {timestamp} and {id} for what the headers below hold.',
			displayOptions: { show: { scheme: ['customHmac'] } },
		},
		{
			displayName: 'Timestamp Header',
			name: 'timestampHeader',
			type: 'string',
			default: '',
			placeholder: 'e.g. X-Timestamp',
			description:
				'The header that holds the signed time. It may be the one of the signature. Leave it empty if no time is signed.',
			displayOptions: { show: { scheme: ['customHmac'] } },
		},
		{
			displayName: 'Timestamp Prefix',
			name: 'timestampPrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. t=',
			description: 'What stands before the time, if its header holds more, as in t=1700000000,v1=…',
			displayOptions: { show: { scheme: ['customHmac'] } },
		},
		{
			displayName: 'ID Header',
			name: 'idHeader',
			type: 'string',
			default: '',
			placeholder: 'e.g. X-Request-Id',
			description: 'The header that holds the signed ID. Leave it empty if no ID is signed.',
			displayOptions: { show: { scheme: ['customHmac'] } },
		},
		{
			displayName: 'Tolerance (Seconds)',
			name: 'toleranceSeconds',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 300,
			description: 'How far the signed time may lie from now. It keeps old requests from being repeated.',
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
			placeholder: 'e.g. a long random text of your own',
			description:
				'Choose one and enter the same at the sender. To replace it without losing events, enter the old and the new one, separated by a comma; a value itself holds none.',
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
			placeholder: 'e.g. a long random text of your own',
			description:
				'Choose one and enter the same at the sender. To replace it without losing events, enter the old and the new one, separated by a comma; a password itself holds none.',
			displayOptions: { show: { scheme: ['basicAuth'] } },
		},
	];
}
