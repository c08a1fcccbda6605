import type { INodeParameters } from 'n8n-workflow';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage } from './package';
import { Trigger, type TriggerSettings } from './trigger';

jest.setTimeout(120_000);

const track = (more: object = {}) => ({ type: 'track', event: 'Order Completed', userId: 'u1', ...more });

let n8n: RunningN8n;

beforeAll(async () => {
	n8n = await startN8n({ packages: [await packPackage()] });
});
afterAll(() => n8n?.stop());

async function answer(settings: TriggerSettings, body: unknown) {
	const trigger = await Trigger.add(n8n, settings);
	const response = await fetch(trigger.url, { method: 'POST', body: JSON.stringify(body) });
	const text = await response.text();
	return {
		trigger,
		status: response.status,
		type: response.headers.get('content-type'),
		text,
		json: () => JSON.parse(text) as Record<string, unknown>,
	};
}
const withOptions = (options: INodeParameters): TriggerSettings => ({ options });

test.each([
	['JSON', '{"ok": true}', '{"ok":true}', /^application\/json/],
	['text', 'Thank you <b>all</b>', 'Thank you <b>all</b>', /^text\/plain/],
])('Response Body answers with %s of one’s own', async (_, responseBody, expected, type) => {
	const reply = await answer(withOptions({ responseBody }), [track(), { type: 'track' }]);

	expect(reply).toMatchObject({ status: 200, text: expected });
	expect(reply.type).toMatch(type);
	const { events, rejected } = await reply.trigger.given();
	expect([events.length, rejected.length]).toEqual([1, 1]);
});

test('Response Body left empty leaves the report', async () => {
	expect((await answer(withOptions({ responseBody: '' }), track())).json()).toMatchObject({ accepted: 1 });
});

test('Output gives one item for a request, with its events and its rejects', async () => {
	const { trigger } = await answer(withOptions({ output: 'request' }), [
		track({ messageId: 'a' }),
		track({ messageId: 'b' }),
		{ type: 'track', messageId: 'c' },
	]);

	const { events, rejected } = await trigger.given();
	expect(events).toMatchObject([{ events: [{ messageId: 'a' }, { messageId: 'b' }] }]);
	expect(rejected).toMatchObject([{ rejected: [{ messageId: 'c', code: 'missing_event_name' }] }]);
});

test('Event Types and Event Names let others go nowhere, and say how many', async () => {
	const reply = await answer(withOptions({ eventTypes: ['track'], eventNames: 'Order *' }), [
		track(),
		track({ event: 'Signed Up' }),
		{ type: 'identify', userId: 'u1' },
	]);

	expect(reply.json()).toMatchObject({ accepted: 1, filtered: 2, rejected: [] });
	expect((await reply.trigger.given()).events).toMatchObject([{ event: 'Order Completed' }]);
});

test('a request of which nothing is wanted starts no execution', async () => {
	const { trigger, status } = await answer(withOptions({ eventTypes: ['group'] }), track());

	expect(status).toBe(200);
	expect(await trigger.executionCount()).toBe(0);
});

test('the limits are those that were set', async () => {
	const limits = { maxBatchSize: 2, maxEventsPerBatch: 3, maxEventSize: 1, maxDepth: 4, maxProperties: 8 };
	const big = { text: 'x'.repeat(1_100) };
	const wide = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`p${index}`, 0]));
	const { trigger, ...reply } = await answer(withOptions(limits), [
		track({ properties: big }),
		track({ properties: { a: { b: { c: {} } } } }),
		track({ properties: wide }),
	]);
	const again = async (body: unknown) =>
		await fetch(trigger.url, { method: 'POST', body: JSON.stringify(body) });

	expect(reply.json()).toMatchObject({
		rejected: [{ code: 'event_too_large' }, { code: 'too_deep' }, { code: 'too_many_properties' }],
	});
	expect((await again([track(), track(), track(), track()])).status).toBe(413);
	expect((await again(track({ properties: { text: 'x'.repeat(2_000) } }))).status).toBe(413);
});

test('Accept Future Times believes them', async () => {
	const timestamp = '2100-01-01T00:00:00.000Z';
	const believing = await answer(withOptions({ acceptFutureTimes: true }), track({ timestamp }));
	const doubting = await answer({}, track({ timestamp }));

	expect((await believing.trigger.given()).events).toMatchObject([{ timestamp }]);
	expect((await doubting.trigger.given()).events[0]?.timestamp).not.toBe(timestamp);
});

test('Format and Paths read JSON of one’s own', async () => {
	const paths = { events: 'rows', event: 'what', userId: 'who.id', messageId: 'key' };
	const rows = [
		{ what: 'Paid', who: { id: 7 }, key: 'k1' },
		{ what: 'Left', who: {}, key: 'k2' },
	];
	const reply = await answer({ parameters: { format: 'generic', paths } }, { rows });

	expect(reply.json()).toMatchObject({ accepted: 1, format: 'generic', detectedBy: 'the format was chosen' });
	const { events, rejected } = await reply.trigger.given();
	expect(events).toMatchObject([{ event: 'Paid', userId: '7', messageId: 'k1' }]);
	expect(rejected).toMatchObject([{ code: 'no_user_anon_id' }]);
});

// n8n keeps trying for half a minute before it gives up, so both try at once.
test('a workflow whose trigger has an option that cannot be used is not published, and says why', async () => {
	const faulty = [
		[{ ipAllowList: '10.0.0.0/99' }, "'10.0.0.0/99' is no IP address"],
		[{ allowedOrigins: 'shop.example' }, "'shop.example' is no origin"],
	] as const;
	const publishing = faulty.map(([options, message]) =>
		expect(Trigger.add(n8n, { options })).rejects.toThrow(message),
	);
	await Promise.all(publishing);
});
