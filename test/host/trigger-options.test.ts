import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage } from './package';
import { Trigger, type TriggerSettings } from './trigger';

jest.setTimeout(120_000);

/** `test/engine/trigger` tests each option; these tests check that n8n passes options on and acts on the results. */

const track = (more: object = {}) => ({ type: 'track', event: 'Order Completed', userId: 'u1', ...more });

const unusable = [
	[{ ipAllowList: '10.0.0.0/99' }, "'10.0.0.0/99' isn't an IP address"],
	[{ allowedOrigins: 'shop.example' }, "'shop.example' is not an origin"],
] as const;

let n8n: RunningN8n;
/** n8n keeps trying to publish for half a minute before it gives up, so it starts before the other tests. */
let publishing: Array<Promise<unknown>>;

beforeAll(async () => {
	n8n = await startN8n({ packages: [await packPackage()] });
	publishing = unusable.map(([options]) => Trigger.add(n8n, { options }).catch((error: unknown) => error));
});
afterAll(() => n8n?.stop());

async function post(settings: TriggerSettings, body: unknown) {
	const trigger = await Trigger.add(n8n, settings);
	const response = await fetch(trigger.url, { method: 'POST', body: JSON.stringify(body) });
	return {
		trigger,
		status: response.status,
		type: response.headers.get('content-type'),
		text: await response.text(),
	};
}

test.each([
	['JSON', '{"ok": true}', '{"ok":true}', /^application\/json/],
	['text', 'Thank you <b>all</b>', 'Thank you <b>all</b>', /^text\/plain/],
])('n8n sends the %s of Response Body and runs the workflow', async (_, responseBody, expected, type) => {
	const reply = await post({ options: { responseBody } }, [track(), { type: 'track' }]);

	expect(reply).toMatchObject({ status: 200, text: expected });
	expect(reply.type).toMatch(type);
	const { events, rejected } = await reply.trigger.given();
	expect([events.length, rejected.length]).toEqual([1, 1]);
});

test('n8n passes on options of every kind, and parameters outside of the options', async () => {
	const paths = { events: 'rows', event: 'what', userId: 'who.id' };
	const row = (what: string, id: number, more: object = {}) => ({ what, who: { id }, ...more });
	const options = { output: 'request', eventTypes: ['track'], eventNames: 'Paid, Left', maxEventSize: 1 };
	const { trigger, text } = await post(
		{ parameters: { format: 'generic', paths }, options },
		{
			rows: [row('Paid', 7), row('Asked', 8), row('Left', 9), row('Paid', 10, { text: 'x'.repeat(1_100) })],
		},
	);

	expect(JSON.parse(text)).toMatchObject({ accepted: 2, filtered: 1, format: 'generic' });
	const { events, rejected } = await trigger.given();
	expect(events).toMatchObject([
		{
			events: [
				{ event: 'Paid', userId: '7' },
				{ event: 'Left', userId: '9' },
			],
		},
	]);
	expect(rejected).toMatchObject([{ rejected: [{ index: 3, code: 'event_too_large' }] }]);
});

test('n8n starts no execution for a request whose events are all filtered', async () => {
	const { trigger, status } = await post({ options: { eventTypes: ['group'] } }, track());

	expect(status).toBe(200);
	expect(await trigger.executionCount()).toBe(0);
});

test('n8n does not publish a workflow whose trigger has an option that cannot be used, and says why', async () => {
	for (const [index, [, message]] of unusable.entries()) {
		expect(await publishing[index]).toMatchObject({ message: expect.stringContaining(message) as string });
	}
});
