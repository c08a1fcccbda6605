import { convertAll, event, read, reject } from './helpers';

const track = { type: 'track', event: 'Order Completed', userId: 'u1' };
const json = JSON.stringify(track);
const notification = {
	Type: 'Notification',
	MessageId: 'm1',
	TopicArn: 'arn:aws:sns:us-east-1:123456789012:events',
	Timestamp: '2025-01-01T00:00:00.000Z',
	Signature: 'xyz',
};
const subscription = 'projects/p/subscriptions/s';
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('an event inside an envelope', () => {
	test.each<[string, unknown, string | undefined]>([
		['of Amazon SNS', { ...notification, Message: json }, 'm1'],
		['of Google Pub/Sub', { message: { data: base64(json), messageId: 'm2' }, subscription }, 'm2'],
		[
			'of Google Pub/Sub, in its other spelling',
			{ message: { data: base64(json), message_id: 'm2' }, subscription },
			'm2',
		],
		['of text', json, undefined],
		['of text in text', JSON.stringify(json), undefined],
		[
			'of SNS in text, with text inside',
			JSON.stringify({ ...notification, Message: JSON.stringify(json) }),
			'm1',
		],
	])('%s comes out, with the ID of the envelope', (_, body, id) => {
		expect(read({ body })).toMatchObject({ format: 'segment', requestId: id, isEncoded: true });
		expect(event({ body })).toMatchObject({
			event: 'Order Completed',
			userId: 'u1',
			messageId: id ?? 'new-id',
		});
	});

	test('keeps its own ID', () => {
		const Message = JSON.stringify({ ...track, messageId: 'own' });
		expect(event({ body: { ...notification, Message } }).messageId).toBe('own');
	});

	test('can be a list, whose events get IDs from that of the envelope', () => {
		const { events } = convertAll({ body: { ...notification, Message: JSON.stringify([track, track]) } });
		expect(events.map(({ messageId }) => messageId)).toEqual(['m1:0', 'm1:1']);
	});

	test('can be anything that paths describe, also in the envelope', () => {
		const Message = JSON.stringify({ kind: 'paid', who: { id: 7 } });
		const paths = { event: 'kind', userId: 'who.id', timestamp: 'Timestamp' };
		expect(event({ body: { ...notification, Message } }, { paths })).toMatchObject({
			event: 'paid',
			userId: '7',
			timestamp: notification.Timestamp,
			properties: { kind: 'paid', who: { id: 7 } },
		});
	});
});

test.each([
	['a notification with plain text', { ...notification, Message: 'hello', userId: 'u1' }],
	['a notification with a number', { ...notification, Message: '5', userId: 'u1' }],
	['a message without a subscription', { message: { data: base64(json), messageId: 'm' }, userId: 'u1' }],
	[
		'a message without JSON',
		{ message: { data: base64('hello'), messageId: 'm' }, subscription, userId: 'u1' },
	],
])('%s stays as it is', (_, body) => {
	expect(event({ body })).toMatchObject({ event: 'webhook_received', properties: body });
});

test('text in the binary mode of CloudEvents stays text', () => {
	const headers = {
		'ce-specversion': '1.0',
		'ce-id': '1',
		'ce-source': '/',
		'ce-type': 't',
		'ce-subject': 'u1',
	};
	expect(event({ headers, body: json }).properties).toEqual({ data: json });
});

describe('a subscription to confirm', () => {
	const SubscribeURL = 'https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=abc';
	const confirmation = {
		...notification,
		Type: 'SubscriptionConfirmation',
		Message: 'You have chosen…',
		SubscribeURL,
	};

	test.each([
		['SubscriptionConfirmation', `To confirm the subscription, open this URL in a browser: ${SubscribeURL}`],
		[
			'UnsubscribeConfirmation',
			`The subscription has ended. To subscribe again, open this URL in a browser: ${SubscribeURL}`,
		],
	])('is rejected with the URL to open: %s', (Type, advice) => {
		const body = { ...confirmation, Type };
		const rejected = reject({ body });
		expect(rejected).toMatchObject({ code: 'subscription_not_confirmed', messageId: 'm1', event: body });
		expect(rejected.message).toContain(advice);
	});

	test.each([
		'https://example.com/?Token=abc',
		'https://sns.us-east-1.amazonaws.com.example.com/',
		'http://sns.us-east-1.amazonaws.com/',
		'https://sns.us-east-1.amazonaws.com/\n<b>',
		undefined,
	])('is rejected without a URL that is not of Amazon: %j', (url) => {
		const { message } = reject({ body: { ...confirmation, SubscribeURL: url } });
		expect(message).not.toContain('http');
		expect(message).toContain("don't open it");
	});
});
