import type { INodeProperties } from 'n8n-workflow';

interface SenderHelp {
	value: string;
	name: string;
	/** The lines to paste, with the placeholders `YOUR_WEBHOOK_URL` and `YOUR_WRITE_KEY`. */
	lines: string[];
	note?: string;
}

const senders: SenderHelp[] = [
	{
		value: 'curl',
		name: 'Curl',
		lines: [
			'curl -u YOUR_WRITE_KEY: -H "Content-Type: application/json" \\',
			'  -d \'{"type":"track","event":"Order Completed","userId":"u1"}\' YOUR_WEBHOOK_URL',
		],
	},
	{
		value: 'segmentNode',
		name: 'Segment for Node.js',
		lines: [
			"import { Analytics } from '@segment/analytics-node';",
			'const { origin, pathname } = new URL("YOUR_WEBHOOK_URL");',
			'const analytics = new Analytics({ writeKey: "YOUR_WRITE_KEY",',
			'  host: origin, path: pathname + "/v1/batch" });',
		],
	},
	{
		value: 'segmentBrowser',
		name: 'Segment in the Browser',
		lines: [
			"import { AnalyticsBrowser } from '@segment/analytics-next';",
			'const { protocol, host, pathname } = new URL("YOUR_WEBHOOK_URL");',
			'const analytics = AnalyticsBrowser.load({ writeKey: "YOUR_WRITE_KEY", cdnSettings: {',
			'  metrics: { sampleRate: 0 }, integrations: { "Segment.io": { apiKey: "YOUR_WRITE_KEY",',
			'    protocol: protocol.slice(0, -1), apiHost: host + pathname } } } });',
		],
		note: 'In the options, set Allowed Origins to the origins of your websites.',
	},
	{
		value: 'rudderstack',
		name: 'RudderStack',
		lines: [
			"import RudderAnalytics from '@rudderstack/rudder-sdk-node';",
			'const client = new RudderAnalytics("YOUR_WRITE_KEY", { dataPlaneUrl: "YOUR_WEBHOOK_URL" });',
		],
	},
	{
		value: 'posthog',
		name: 'PostHog for Node.js',
		lines: [
			"import { PostHog } from 'posthog-node';",
			'const client = new PostHog("YOUR_WRITE_KEY", { host: "YOUR_WEBHOOK_URL" });',
		],
	},
	{
		value: 'cloudevents',
		name: 'CloudEvents',
		lines: [
			"import { CloudEvent, emitterFor, httpTransport } from 'cloudevents';",
			'const emit = emitterFor(httpTransport("YOUR_WEBHOOK_URL"));',
			'const event = new CloudEvent({ type: "order.completed", source: "/shop", subject: "u1", data: { total: 42 } });',
			'await emit(event, { headers: { "X-Write-Key": "YOUR_WRITE_KEY" } });',
		],
		note: 'The subject becomes the user ID.',
	},
	{
		value: 'webhook',
		name: 'Webhooks of Another Service',
		lines: ['YOUR_WEBHOOK_URL'],
		note: "In the credential, choose the scheme for the service that sends the webhooks. If the trigger doesn't recognize the service's events, fill in Paths below.",
	},
];

/** Fields that show how to set up senders for this trigger. */
export const senderHelp: INodeProperties[] = [
	{
		displayName: 'Show Setup For',
		name: 'setUpFor',
		type: 'options',
		noDataExpression: true,
		options: senders.map(({ name, value }) => ({ name, value })),
		default: 'curl',
		description:
			"Which setup instructions to show. Your choice doesn't affect which senders the trigger accepts.",
	},
	// Editors that are read-only, since notices don't show code or line breaks.
	...senders.map(({ value, lines, note = '' }): INodeProperties => ({
		displayName: 'Lines to Paste',
		name: `setUp_${value}`,
		type: 'string',
		noDataExpression: true,
		typeOptions: { rows: 2 * lines.length + 1, editor: 'jsEditor', editorIsReadOnly: true },
		default: lines.join('\n'),
		hint: `${instructionsFor(lines)} ${note}`.trim(),
		displayOptions: { show: { setUpFor: [value] } },
	})),
];

function instructionsFor(lines: readonly string[]): string {
	return lines.join().includes('YOUR_WRITE_KEY')
		? 'Paste these lines into your app. Replace YOUR_WEBHOOK_URL with the webhook URL above, and YOUR_WRITE_KEY with the write key from your credential. These lines work only with the Write Key scheme.'
		: "In the service's webhook settings, enter the webhook URL shown above.";
}
