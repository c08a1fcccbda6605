import { Trigger } from './trigger';

const track = (more: object = {}) => ({ type: 'track', event: 'Order Completed', userId: 'u1', ...more });
const nameless = { type: 'track', userId: 'u1' };

describe('the report', () => {
	test('counts the events and says which ones are rejected and why', async () => {
		const reply = await new Trigger().post([
			track({ messageId: 'm1' }),
			{ ...nameless, messageId: 'm2' },
			track({ messageId: 'm3', event: 'Signed Up' }),
			track({ messageId: 'm1' }),
		]);

		expect(reply.status).toBe(200);
		expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
		expect(reply.json()).toEqual({
			success: true,
			accepted: 2,
			duplicates: 1,
			filtered: 0,
			rejected: [
				{
					index: 1,
					messageId: 'm2',
					code: 'missing_event_name',
					message: 'A track event needs a name in "event", for example "Order Completed".',
				},
			],
			format: 'array',
			detectedBy: 'an entry of the list has the type "track"',
		});
	});

	test('has status 200 even if every event is rejected', async () => {
		const reply = await new Trigger().post(nameless);

		expect(reply.status).toBe(200);
		expect(reply.json()).toMatchObject({ success: true, accepted: 0, rejected: [{ index: 0 }] });
		expect(reply).toMatchObject({ runs: true, events: [], rejected: [{ event: nameless }] });
	});

	test('of an empty batch says so, and starts no execution', async () => {
		const reply = await new Trigger().post({ batch: [] });

		expect(reply.status).toBe(200);
		expect(reply.json()).toEqual({
			success: true,
			...{ accepted: 0, duplicates: 0, filtered: 0, rejected: [] },
			format: 'segment-batch',
			detectedBy: 'the body has a list "batch"',
		});
		expect(reply.runs).toBe(false);
	});
});

describe('the warnings in the report', () => {
	test('are counted by code', async () => {
		const reply = await new Trigger().post([
			track({ userId: 7 }),
			track({ userId: 8, timestamp: 'soon' }),
			nameless,
		]);
		expect(reply.json()).toMatchObject({
			accepted: 2,
			warnings: { id_from_number: 2, unreadable_time: 1 },
		});
	});

	test('name an ID that comes from a broken expression', async () => {
		const reply = await new Trigger().post(track({ userId: 'undefined' }));

		expect(reply.json()).toMatchObject({ accepted: 1, warnings: { suspicious_id: 1 } });
		expect(reply.events[0]?._meta.warnings).toMatchObject([{ path: 'userId', code: 'suspicious_id' }]);
	});

	test('are missing without any', async () => {
		expect((await new Trigger().post(track())).json()).not.toHaveProperty('warnings');
	});
});

describe('the items', () => {
	test('are canonical events on the first output and rejects with the event as sent on the second', async () => {
		const { events, rejected } = await new Trigger().post({
			batch: [track({ messageId: 'm1' }), { ...nameless, messageId: 'm2' }],
			context: { ip: '::1' },
		});

		expect(events).toMatchObject([
			{
				type: 'track',
				event: 'Order Completed',
				messageId: 'm1',
				userId: 'u1',
				context: { ip: '::1' },
				version: '1',
				_meta: {
					format: 'segment-batch',
					transport: 'webhook',
					batchIndex: 0,
					batchSize: 2,
					verified: false,
					warnings: [],
				},
			},
		]);
		expect(rejected).toEqual([
			{
				index: 1,
				messageId: 'm2',
				code: 'missing_event_name',
				path: 'event',
				message: 'A track event needs a name in "event", for example "Order Completed".',
				event: { ...nameless, messageId: 'm2' },
			},
		]);
	});

	test('have the time of receipt, and a new ID if the sender gave none', async () => {
		const before = Date.now();
		const { events } = await new Trigger().post([track(), track()]);
		const after = Date.now();

		for (const { receivedAt, timestamp, messageId } of events) {
			expect(Date.parse(receivedAt)).toBeGreaterThanOrEqual(before);
			expect(Date.parse(receivedAt)).toBeLessThanOrEqual(after);
			expect(timestamp).toBe(receivedAt);
			expect(messageId).toMatch(/^[0-9a-f-]{36}$/);
		}
		expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(2);
	});

	test('have the ID of the request if the events have none', async () => {
		const headers = { 'idempotency-key': 'request-1' };
		const { events } = await new Trigger().post([track(), track({ messageId: 'own' })], { headers });

		expect(events).toMatchObject([
			{ messageId: 'request-1:0', _meta: { webhookId: 'request-1' } },
			{ messageId: 'own', _meta: { webhookId: 'request-1' } },
		]);
	});
});

describe('Output: One Item per Request', () => {
	const options = { output: 'request' };

	test('puts all events into one item and all rejects into another', async () => {
		const reply = await new Trigger({ options }).post([
			track({ messageId: 'a' }),
			track({ messageId: 'b' }),
			{ ...nameless, messageId: 'c' },
		]);

		expect(reply.events).toMatchObject([{ events: [{ messageId: 'a' }, { messageId: 'b' }] }]);
		expect(reply.rejected).toMatchObject([{ rejected: [{ messageId: 'c', code: 'missing_event_name' }] }]);
	});

	test.each([
		['Rejected', [track()], 1, 0],
		['Events', [nameless], 0, 1],
	])('leaves the output %s empty if there is nothing for it', async (_, body, events, rejected) => {
		const reply = await new Trigger({ options }).post(body);

		expect([reply.events.length, reply.rejected.length]).toEqual([events, rejected]);
	});
});

describe('Response Body', () => {
	test.each([
		['JSON', '{"ok": true}', '{"ok":true}', 'application/json; charset=utf-8'],
		['a list', ' [1] ', '[1]', 'application/json; charset=utf-8'],
		['a number', '1', '1', 'application/json; charset=utf-8'],
		['text', 'Thank you <b>all</b>', 'Thank you <b>all</b>', 'text/plain; charset=utf-8'],
		['a quoted text', '"ok"', 'ok', 'text/plain; charset=utf-8'],
		['null', 'null', 'null', 'text/plain; charset=utf-8'],
	])('replies with %s instead of the report', async (_, responseBody, text, contentType) => {
		const reply = await new Trigger({ options: { responseBody } }).post([track(), nameless]);

		expect(reply).toMatchObject({ status: 200, text });
		expect(reply.headers.get('content-type')).toBe(contentType);
		expect([reply.events.length, reply.rejected.length]).toEqual([1, 1]);
	});

	test.each([[''], [' \n'], [5], [null]])('that is %j leaves the report', async (responseBody) => {
		const reply = await new Trigger({ options: { responseBody } }).post(track());

		expect(reply.json()).toMatchObject({ success: true, accepted: 1 });
	});

	test('is sent as well if the request starts no execution', async () => {
		const options = { responseBody: 'fine', eventTypes: ['group'] };

		expect(await new Trigger({ options }).post(track())).toMatchObject({ text: 'fine', runs: false });
	});
});

describe('a sender that takes only its own reply for success', () => {
	const cloudEvent = { specversion: '1.0', id: '1', source: '/', type: 'paid', subject: 'u1' };

	test('of CloudEvents gets an empty body, as Knative wants it', async () => {
		const binary = Object.fromEntries(
			Object.entries(cloudEvent).map(([name, value]) => [`ce-${name}`, value]),
		);
		for (const reply of [
			await new Trigger().post(cloudEvent),
			await new Trigger().post([cloudEvent]),
			await new Trigger().post({ total: 42 }, { headers: binary }),
			await new Trigger().post('', { headers: binary }),
			await new Trigger({ options: { eventTypes: ['group'] } }).post(cloudEvent),
		]) {
			expect(reply).toMatchObject({ status: 200, text: '' });
		}
	});

	test('of Amplitude gets its code', async () => {
		const event = { event_type: 'paid', user_id: 'u1' };
		const reply = await new Trigger().post({ api_key: 'key', events: [event, event] });

		expect(reply.json()).toMatchObject({ code: 200, events_ingested: 2, success: true });
	});

	test('gets the Response Body instead if there is one', async () => {
		const options = { responseBody: 'fine' };
		expect((await new Trigger({ options }).post(cloudEvent)).text).toBe('fine');
	});
});
