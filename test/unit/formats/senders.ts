import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeBody, senderPresets, type ReadOptions } from '../../../nodes/shared/formats';
import type { Request } from './helpers';
import { samples } from './samples';

/** A sender in the docs: where to point it, and a request as it sends it. */
export interface Sender {
	name: string;
	/** Its documentation. */
	source: string;
	/** How to point it at the trigger, in a few words. */
	setUp: string;
	request: Request;
	options?: ReadOptions;
}

const track = { type: 'track', event: 'Order Completed', userId: 'ada', properties: { total: 42 } };
const sent = { messageId: 'm-1', timestamp: '2025-01-02T03:04:04.000Z' };
const segmentBatch = { batch: [{ ...track, ...sent }], sentAt: '2025-01-02T03:04:05.000Z' };

const sdks: Sender[] = [
	{
		name: 'Segment for Node.js',
		source: 'https://segment.com/docs/connections/sources/catalog/libraries/server/node/',
		setUp: '`host`, and `path` ending in `/v1/batch`',
		request: { body: segmentBatch, subPath: 'v1/batch' },
	},
	{
		name: 'Segment in browsers',
		source: 'https://segment.com/docs/connections/sources/catalog/libraries/website/javascript/',
		setUp: '`apiHost` in `cdnSettings`, without `https://`',
		request: { body: { ...track, ...sent, userId: null, anonymousId: 'a-1', writeKey: 'key' }, subPath: 't' },
	},
	{
		name: 'Segment for Java',
		source: 'https://segment.com/docs/connections/sources/catalog/libraries/server/java/',
		setUp: '`endpoint`; the SDK adds `/v1/import`',
		request: { body: { ...segmentBatch, context: [] }, subPath: 'v1/import' },
	},
	{
		name: 'Segment, Webhooks (Actions)',
		source: 'https://segment.com/docs/connections/destinations/catalog/actions-webhook/',
		setUp: 'scheme Segment, with the shared secret',
		request: { body: { ...track, ...sent, anonymousId: 'a-1' } },
	},
	{
		name: 'RudderStack for Node.js',
		source: 'https://www.rudderstack.com/docs/sources/event-streams/sdks/rudderstack-node-sdk/',
		setUp: '`dataPlaneUrl`',
		request: { body: segmentBatch, subPath: 'v1/batch' },
	},
	{
		name: 'RudderStack in browsers, `useBeacon`',
		source: 'https://www.rudderstack.com/docs/sources/event-streams/sdks/rudderstack-javascript-sdk/',
		setUp: 'the URL as the data plane URL',
		request: {
			body: { batch: [{ ...track, messageId: 'm-1', originalTimestamp: sent.timestamp, rudderId: 'r-1' }] },
			subPath: 'beacon/v1/batch',
		},
	},
	{
		name: 'RudderStack, Webhook destination',
		source: 'https://www.rudderstack.com/docs/destinations/streaming-destinations/webhooks/',
		setUp: 'the URL, and `X-Write-Key` as a header',
		request: { body: { ...track, ...sent, request_ip: '203.0.113.7', rudderId: 'r-1' } },
	},
	{
		name: 'Jitsu',
		source: 'https://docs.jitsu.com/sending-data/npm',
		setUp: '`host`, and a write key that contains a colon',
		request: {
			body: { ...track, ...sent, context: { library: { name: '@jitsu/js' } } },
			subPath: 'api/s/track',
		},
	},
	{
		name: 'Customer.io Data Pipelines for Node.js',
		source: 'https://docs.customer.io/integrations/data-in/connections/servers/node/',
		setUp: '`host`, and `path` ending in `/v1/batch`',
		request: { body: segmentBatch, subPath: 'v1/batch' },
	},
	{
		name: 'PostHog for Node.js',
		source: 'https://posthog.com/docs/libraries/node',
		setUp: '`host`',
		request: {
			body: {
				api_key: 'key',
				batch: [
					{
						...{ event: 'Order Completed', distinct_id: 'ada', uuid: 'u-1', properties: { total: 42 } },
						timestamp: sent.timestamp,
					},
				],
			},
			subPath: 'batch',
		},
	},
	{
		name: 'PostHog in browsers',
		source: 'https://posthog.com/docs/libraries/js',
		setUp: '`api_host`',
		request: {
			body: {
				...{ event: 'Order Completed', uuid: 'u-1', offset: 1_678 },
				properties: { distinct_id: 'ada', token: 'key', total: 42 },
			},
			subPath: 'e',
		},
	},
	{
		name: 'PostHog, HTTP Webhook destination',
		source: 'https://posthog.com/docs/cdp/destinations/webhook',
		setUp: 'the URL, and `X-Write-Key` as a header',
		request: {
			body: {
				event: {
					...{ event: 'Order Completed', distinct_id: 'ada', uuid: 'u-1', timestamp: sent.timestamp },
					properties: { total: 42 },
				},
				person: { properties: { email: 'ada@example.com' } },
			},
		},
	},
	{
		name: 'Amplitude for Node.js',
		source: 'https://amplitude.com/docs/sdks/analytics/node/node-js-sdk',
		setUp: '`serverUrl`',
		request: {
			body: {
				api_key: 'key',
				events: [
					{
						event_type: 'Order Completed',
						user_id: 'ada',
						insert_id: 'i-1',
						time: Date.parse(sent.timestamp),
					},
				],
			},
		},
	},
	{
		name: 'CloudEvents, binary mode (Knative)',
		source: 'https://knative.dev/docs/eventing/',
		setUp: 'the URL as sink; scheme Header or Basic Auth',
		request: {
			headers: {
				...{ 'ce-specversion': '1.0', 'ce-id': 'ce-1', 'ce-source': '/shop', 'ce-type': 'order.completed' },
				...{ 'ce-subject': 'ada', 'ce-time': sent.timestamp, 'content-type': 'application/json' },
			},
			body: { total: 42 },
		},
	},
	{
		name: 'CloudEvents, structured or batched',
		source: 'https://github.com/cloudevents/sdk-javascript',
		setUp: '`httpTransport`; scheme Header or Basic Auth',
		request: {
			body: {
				...{ specversion: '1.0', id: 'ce-1', source: '/shop', type: 'order.completed', subject: 'ada' },
				...{ time: sent.timestamp, data: { total: 42 } },
			},
		},
	},
];

const webhookHeaders = { 'webhook-id': 'msg_1', 'webhook-timestamp': '1735787044' };

const services: Sender[] = [
	{
		name: 'Standard Webhooks, Svix',
		source: 'https://docs.svix.com/receiving/introduction',
		setUp: 'scheme Standard Webhooks / Svix',
		request: {
			headers: webhookHeaders,
			body: { type: 'invoice.paid', timestamp: sent.timestamp, data: { customer: { id: 'ada' } } },
		},
		options: { paths: { userId: 'data.customer.id' } },
	},
	{
		name: 'Resend',
		source: 'https://resend.com/docs/webhooks',
		setUp: 'scheme Standard Webhooks / Svix',
		request: {
			headers: { 'svix-id': 'msg_1' },
			body: {
				...{ type: 'email.delivered', created_at: '2024-02-22T23:41:12.126Z' },
				data: { email_id: 'a1b2c3d4', to: ['ada@example.com'], subject: 'Welcome' },
			},
		},
		options: { paths: { userId: 'data.to[0]', timestamp: 'created_at' } },
	},
	{
		name: 'SuprSend',
		source: 'https://docs.suprsend.com/docs/outbound-webhook',
		setUp: 'the URL with `?writeKey=`',
		request: {
			body: {
				...{ event_type: 'status', distinct_id: 'ada', channel: 'email' },
				suprsend_status: { status: 'delivered', timestamp: 1735787044000 },
			},
		},
	},
	{
		name: 'Rehook',
		source: 'https://rehook.readme.io/reference/webhook',
		setUp: 'the URL with `?writeKey=`',
		request: { body: { event: 'customer.rewarded', data: { customer: { source_id: 'ada' } } } },
	},
	{
		name: 'Simon Data',
		source: 'https://docs.simondata.com/reference/webhook-payload-examples',
		setUp: 'format Simon Data',
		request: { body: { batch: [{ name: 'Cart Abandoned', customer: { id: 'ada' } }] } },
		options: { format: 'simon', paths: { event: 'name', userId: 'customer.id' } },
	},
	{
		name: 'GitLab',
		source: 'https://docs.gitlab.com/user/project/integrations/webhook_events/',
		setUp: 'scheme Header: `X-Gitlab-Token`',
		request: {
			headers: { 'x-gitlab-event': 'Push Hook', 'x-gitlab-event-uuid': '13792a34' },
			body: { object_kind: 'push', user_id: 4, user_username: 'jsmith', project_id: 15 },
		},
		options: {
			paths: { event: 'object_kind', userId: 'user_id, user.id', messageId: 'header:x-gitlab-event-uuid' },
		},
	},
	{
		name: 'Chargebee',
		source: 'https://www.chargebee.com/docs/2.0/webhook_settings.html',
		setUp: 'scheme Basic Auth',
		request: {
			body: {
				...{ id: 'ev_1', occurred_at: 1735787044, object: 'event', event_type: 'subscription_created' },
				content: { subscription: { id: 'sub_1' }, customer: { id: 'ada' } },
			},
		},
		options: {
			paths: {
				...{ event: 'event_type', messageId: 'id', timestamp: 'occurred_at' },
				...{ userId: 'content.customer.id', properties: 'content' },
			},
		},
	},
	{
		name: 'Postmark',
		source: 'https://postmarkapp.com/developer/webhooks/webhooks-overview',
		setUp: 'scheme Basic Auth, with the user and password in the URL',
		request: {
			body: {
				...{ RecordType: 'Bounce', MessageID: '883953f4', Email: 'ada@example.com' },
				BouncedAt: '2025-01-02T03:04:04Z',
			},
		},
		options: {
			paths: {
				event: 'RecordType',
				userId: 'Metadata.user_id, Email, Recipient',
				timestamp: 'BouncedAt, DeliveredAt, ReceivedAt',
			},
		},
	},
	{
		name: 'FusionAuth',
		source: 'https://fusionauth.io/docs/extend/events-and-webhooks/events/',
		setUp: 'scheme Basic Auth or Header',
		request: {
			body: {
				event: {
					...{ id: 'e502168a', type: 'user.login.success', createInstant: 1735787044000 },
					user: { id: 'ada', email: 'ada@example.com' },
				},
			},
		},
		options: {
			paths: {
				...{ event: 'event.type', messageId: 'event.id', timestamp: 'event.createInstant' },
				...{ userId: 'event.user.id', properties: 'event' },
			},
		},
	},
	{
		name: 'Google Analytics, Measurement Protocol',
		source: 'https://developers.google.com/analytics/devguides/collection/protocol/ga4',
		setUp: 'the URL, in the code that sends the events',
		request: {
			body: {
				...{ client_id: '123.456', user_id: 'ada' },
				events: [{ name: 'purchase', params: { value: 42 } }],
			},
		},
		options: {
			paths: {
				...{ events: 'events', event: 'name', properties: 'params' },
				...{ userId: 'user_id', anonymousId: 'client_id' },
			},
		},
	},
	{
		name: 'Amazon SNS',
		source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html',
		setUp:
			'the URL with `?writeKey=`; to confirm the subscription, open the link that the Rejected output returns',
		request: { body: { Type: 'Notification', MessageId: 'sns-1', Message: JSON.stringify(track) } },
	},
	{
		name: 'Google Pub/Sub, push',
		source: 'https://cloud.google.com/pubsub/docs/push',
		setUp: 'the URL with `?writeKey=`',
		request: {
			body: {
				message: { data: Buffer.from(JSON.stringify(track)).toString('base64'), messageId: 'ps-1' },
				subscription: 'projects/p/subscriptions/s',
			},
		},
	},
	{
		name: 'curl, and any JSON',
		source: 'https://curl.se/docs/manpage.html',
		setUp: 'the URL, and `-u YOUR_WRITE_KEY:`',
		request: { body: { event: 'Order Completed', userId: 'ada', properties: { total: 42 } } },
	},
	{
		name: 'A file of JSON lines',
		source: 'https://github.com/ndjson/ndjson-spec',
		setUp: 'the URL, with `Content-Type: application/x-ndjson`',
		request: sentAs('application/x-ndjson', `${JSON.stringify({ ...track, ...sent })}\n`),
	},
	{
		name: 'An HTML form',
		source: 'https://url.spec.whatwg.org/#application/x-www-form-urlencoded',
		setUp: 'the URL as `action`, with `?writeKey=`',
		request: sentAs('application/x-www-form-urlencoded', 'event=Signed+Up&email=ada%40example.com&plan=pro'),
		options: { paths: { userId: 'email' } },
	},
];

/** A request with a body that isn't plain JSON. */
function sentAs(contentType: string, text: string): Request {
	return { headers: { 'content-type': contentType }, ...decodeBody(Buffer.from(text), { contentType }) };
}

/** The senders that have a file of their own, each with its first sample. */
const presets = senderPresets.map(({ name, displayName, signature }): Sender => {
	const sample = samples.find(({ sender }) => sender === name);
	const file = join(__dirname, '../../../nodes/shared/formats/presets', `${name}.ts`);
	const [source = ''] = /https:\/\/[^\s#]+/.exec(readFileSync(file, 'utf8')) ?? [];
	const choice = signature === undefined ? 'format' : 'scheme';
	return {
		...{ name: displayName, source, setUp: `${choice} ${displayName}` },
		request: { headers: sample?.headers ?? {}, body: sample?.body },
		options: signature === undefined ? { format: name } : { sender: name },
	};
});

export const senders: Sender[] = [...sdks, ...presets, ...services];
