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
					description: "For Segment's Webhooks (Actions) destination, which signs with a shared secret",
				},
				...senderSchemes.map(({ scheme, preset, secretHint }) => ({
					name: preset.displayName,
					value: scheme,
					description: secretHint,
				})),
				{
					name: 'Custom HMAC',
					value: 'customHmac',
					description: 'For other senders whose signatures you describe in the fields below',
				},
				{
					name: 'Header',
					value: 'header',
					description: "For senders that don't sign their requests but let you add a header",
				},
				{
					name: 'Basic Auth',
					value: 'basicAuth',
					description: "For senders that don't sign their requests but let you enter a user and password",
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
			hint: 'Enter a long random string',
			description:
				"Choose a key and set the same key as the write key in your SDKs. To replace the key without losing events, enter the old and the new key, separated by a comma. Keys can't contain commas.",
			displayOptions: { show: { scheme: ['writeKey'] } },
		},
		{
			displayName:
				"Segment's X-Signature header covers only the first event in a batch, so anyone who sees a signed request can add events to the request. In Segment, turn on 'Use X-Segment-Signature Header' or turn off batching.",
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
				'Copy the secret from the sender, including the prefix whsec_ or whpk_. To replace the secret without losing events, enter the old and the new secret, separated by a comma.',
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
				"The secret that the sender uses to sign requests. To replace the secret without losing events, enter the old and the new secret, separated by a comma. Secrets can't contain commas.",
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
			description: 'The text before the signature in the signature header',
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
			description: 'How the sender encodes the signature. Hex contains only digits and the letters a to f.',
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
				'The text that the sender signs. {body} is the request body, {timestamp} is the value from Timestamp Header, and {id} is the value from ID Header.',
			displayOptions: { show: { scheme: ['customHmac'] } },
		},
		{
			displayName: 'Timestamp Header',
			name: 'timestampHeader',
			type: 'string',
			default: '',
			placeholder: 'e.g. X-Timestamp',
			description:
				"The header that contains the signed time. It can be the same as the signature header. Leave empty if the sender doesn't sign a time.",
			displayOptions: { show: { scheme: ['customHmac'] } },
		},
		{
			displayName: 'Timestamp Prefix',
			name: 'timestampPrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. t=',
			description:
				'The text before the time if the timestamp header also contains other parts, such as t= in t=1700000000,v1=…',
			displayOptions: { show: { scheme: ['customHmac'] } },
		},
		{
			displayName: 'ID Header',
			name: 'idHeader',
			type: 'string',
			default: '',
			placeholder: 'e.g. X-Request-Id',
			description: "The header that contains the signed ID. Leave empty if the sender doesn't sign an ID.",
			displayOptions: { show: { scheme: ['customHmac'] } },
		},
		{
			displayName: 'Tolerance (Seconds)',
			name: 'toleranceSeconds',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 300,
			description:
				'The maximum age of a signed request. The limit prevents attackers from resending old requests.',
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
				"Choose a value and enter the same value in the sender's settings. To replace the value without losing events, enter the old and the new value, separated by a comma. Values can't contain commas.",
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
				"Choose a password and enter the same password in the sender's settings. To replace the password without losing events, enter the old and the new password, separated by a comma. Passwords can't contain commas.",
			displayOptions: { show: { scheme: ['basicAuth'] } },
		},
	];
}
