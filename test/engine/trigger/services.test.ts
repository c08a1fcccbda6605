import type { INodeType } from 'n8n-workflow';
import { RehookTrigger } from '../../../nodes/Rehook/RehookTrigger.node';
import { SimonDataTrigger } from '../../../nodes/SimonData/SimonDataTrigger.node';
import { SuprSendTrigger } from '../../../nodes/SuprSend/SuprSendTrigger.node';
import { canonicalEventSchema } from '../../../nodes/shared/event';
import { Trigger, type TriggerSettings } from './trigger';

const secret = 'a-header-secret-not-real';
const credential = { scheme: 'header', headerName: 'X-Token', headerValueSecret: secret };
const headers = { 'x-token': secret };

const suprSend = new SuprSendTrigger();
const rehook = new RehookTrigger();
const simonData = new SimonDataTrigger();

/** The values of the form's list of events. */
const eventsOf = ({ description }: INodeType) =>
	description.properties
		.filter(({ name }) => name === 'events')
		.flatMap(({ options = [] }) => options.map((option) => ('value' in option ? String(option.value) : '')));

const start = (settings: TriggerSettings) => new Trigger({ credential, ...settings });

/** Source: https://docs.suprsend.com/docs/outbound-webhook */
const status = (name: string, timestamp = 1672310923000) => ({
	channel: 'whatsapp',
	channel_value: '+15555555555',
	distinct_id: 'joe@example.com',
	event_type: 'status',
	reference: { idempotency_key: '44220630', supr_nid: '01GNEQZ6F4JZF1BAK9CDXYD4T4' },
	suprsend_status: { status: name, timestamp },
	template: 'purchase-made',
	version: '1.0',
	workflow_name: 'Purchase Made',
});
const reply = {
	...status('unused'),
	event_type: 'inbound_message',
	suprsend_status: undefined,
	suprsend_inbound_message: { from: '+15555555555', text: { body: 'Hi' }, timestamp: 1683898377000 },
};

describe('SuprSend Trigger', () => {
	/** SuprSend's name for a status: "Notification Delivery Failed" is `delivery_failed`. */
	const statusOf = (event: string) => event.replace('Notification ', '').toLowerCase().replaceAll(' ', '_');

	test.each(eventsOf(suprSend))('emits %s with its user, ID and time', async (event) => {
		const isReply = event === 'Message Received';
		const body = isReply ? reply : status(statusOf(event));
		const timestamp = isReply ? '2023-05-12T13:32:57.000Z' : '2022-12-29T10:48:43.000Z';
		const id = isReply ? 'inbound_message:1683898377000' : `${statusOf(event)}:1672310923000`;
		const trigger = start({ type: suprSend, parameters: { events: [event] } });
		const { status: code, events, rejected } = await trigger.post(body, { headers });
		expect([code, rejected]).toEqual([200, []]);
		expect(events.map((each) => canonicalEventSchema.parse(each))).toMatchObject([
			{
				...{ type: 'track', event, userId: 'joe@example.com', timestamp },
				messageId: `01GNEQZ6F4JZF1BAK9CDXYD4T4:${id}`,
				properties: { template: 'purchase-made', workflow_name: 'Purchase Made' },
				_meta: { format: 'suprsend', verified: 'header' },
			},
		]);
	});

	test('leaves out a report that comes twice, but not another status, or the same status at another time', async () => {
		const trigger = start({ type: suprSend });
		const counts = [];
		const clicked = status('clicked');
		for (const body of [clicked, clicked, status('seen'), status('clicked', 1672310924000), reply, reply]) {
			const { events } = await trigger.post(body, { headers });
			counts.push(events.length);
		}
		expect(counts).toEqual([1, 0, 1, 1, 1, 0]);
	});

	test('emits only the chosen events', async () => {
		const trigger = start({ type: suprSend, parameters: { events: ['Notification Seen'] } });
		const delivered = await trigger.post(status('delivered'), { headers });
		const seen = await trigger.post(status('seen'), { headers });
		expect([delivered.runs, seen.runs]).toEqual([false, true]);
	});
});

describe('Rehook Trigger', () => {
	test.each(eventsOf(rehook))('emits %s with its customer, an ID and its time', async (event) => {
		const timestamp = '2026-01-02T03:04:05.678Z';
		const body = { event, source_id: 'user-42', timestamp, reward: { points: 10 } };
		const trigger = start({ type: rehook, parameters: { events: [event] } });
		const { events, rejected } = await trigger.post(body, { headers });
		expect(rejected).toEqual([]);
		expect(events.map((each) => canonicalEventSchema.parse(each))).toMatchObject([
			{
				...{ type: 'track', event, userId: 'user-42', timestamp, messageId: expect.any(String) },
				properties: { reward: { points: 10 } },
				_meta: { format: 'rehook', verified: 'header' },
			},
		]);
	});

	test('leaves out what comes twice only if it has an ID, since Rehook documents none', async () => {
		const trigger = start({ type: rehook });
		const body = { event: 'coupon.redeemed', source_id: 'user-42' };
		const withId = { ...headers, 'idempotency-key': 'delivery-1' };
		const counts = [];
		for (const each of [withId, withId, headers, headers]) {
			const { events } = await trigger.post(body, { headers: each });
			counts.push(events.length);
		}
		expect(counts).toEqual([1, 0, 1, 1]);
	});

	test('emits an event that is not in the list under its name', async () => {
		const body = { event_name: 'coupon.expired', customer: { source_id: 'user-42' } };
		const { events } = await start({ type: rehook }).post(body, { headers });
		expect(events).toMatchObject([{ event: 'coupon.expired', userId: 'user-42' }]);
	});
});

describe('Simon Data Trigger', () => {
	const parameters = { paths: { userId: 'email', event: 'campaign' } };
	const contact = (email: string) => ({ email, campaign: 'Win Back', nested_metadata: { age: 4 } });

	test.each([
		['one contact', contact('a@example.com'), ['a@example.com']],
		[
			'a batch',
			{ batch: [contact('a@example.com'), contact('b@example.com')] },
			['a@example.com', 'b@example.com'],
		],
		['a list', [contact('a@example.com'), contact('b@example.com')], ['a@example.com', 'b@example.com']],
	])('emits %s', async (_, body, users) => {
		const { events, rejected } = await start({ type: simonData, parameters }).post(body, { headers });
		expect(rejected).toEqual([]);
		expect(events.map(({ userId }) => userId)).toEqual(users);
		expect(events[0]).toMatchObject({ event: 'Win Back', properties: { nested_metadata: { age: 4 } } });
	});

	test('accepts requests of 2 MiB, as large as Simon Data sends them', async () => {
		const batch = Array.from({ length: 1000 }, (_, index) => ({
			email: `${index}@example.com`,
			note: 'x'.repeat(1900),
		}));
		const { events } = await start({ type: simonData, parameters }).post({ batch }, { headers });
		expect(events).toHaveLength(1000);
	});
});

test.each([
	['SuprSend', suprSend],
	['Rehook', rehook],
	['Simon Data', simonData],
])('%s Trigger refuses a request without the secret, and settings that cannot be used', async (_, type) => {
	const { status: code, runs } = await start({ type }).post({ event: 'signup' });
	expect([code, runs]).toEqual([401, false]);
	await expect(start({ type, options: { ipAllowList: '10.0.0.0/8' } }).publish()).resolves.toBe(true);
	await expect(start({ type, options: { ipAllowList: 'nonsense' } }).publish()).rejects.toThrow('nonsense');
});
