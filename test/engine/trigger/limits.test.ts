import { Trigger } from './trigger';

const track = (more: object = {}) => ({ type: 'track', event: 'Order Completed', userId: 'u1', ...more });
const kibibyte = 1024;

/** A track event whose JSON has exactly this many bytes. */
function ofSize(bytes: number): object {
	const { length } = JSON.stringify(track({ properties: { text: '' } }));
	return track({ properties: { text: 'x'.repeat(bytes - length) } });
}

/** A track event with this many properties, its own fields counted. */
function withProperties(count: number): object {
	const names = Array.from({ length: count - 4 }, (_, index) => [`p${index}`, 0]);
	return track({ properties: Object.fromEntries(names) as object });
}

/** A track event nested this deep. */
function nested(levels: number): object {
	let properties: object = {};
	for (let level = 2; level < levels; level++) properties = { a: properties };
	return track({ properties });
}

describe.each([
	['Max Event Size (KiB)', 'maxEventSize', 'event_too_large', ofSize, kibibyte, 32 * kibibyte, 1],
	['Max Depth', 'maxDepth', 'too_deep', nested, 1, 64, 4],
	['Max Properties', 'maxProperties', 'too_many_properties', withProperties, 1, 10_000, 8],
] as const)('%s', (_, name, code, make, unit, byDefault, chosen) => {
	test.each([
		['the default', {}, byDefault],
		['the option', { [name]: chosen }, chosen * unit],
		['the default instead of text', { [name]: 'many' }, byDefault],
		['the default instead of 0', { [name]: 0 }, byDefault],
		['the default instead of a negative number', { [name]: -1 }, byDefault],
		['the default instead of a number in another notation', { [name]: '0x8' }, byDefault],
	])('rejects events beyond %s', async (_title, options, most) => {
		// Larger batches than usual: the default for properties is above 32 KiB.
		const roomy = name === 'maxProperties' ? { maxEventSize: 400, ...options } : options;
		const reply = await new Trigger({ options: roomy }).post([make(most), make(most + 1)]);

		expect(reply.json()).toMatchObject({ accepted: 1, rejected: [{ index: 1, code }] });
		expect(reply.rejected).toMatchObject([{ index: 1, code }]);
	});
});

test('Max Depth is at most 64, whatever an expression gives', async () => {
	const trigger = new Trigger({ options: { maxDepth: 1e9 } });
	const deep = `{"type":"track","event":"e","userId":"u","properties":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_001)}`;

	expect((await trigger.post(`[${deep}]`)).json()).toMatchObject({ rejected: [{ code: 'too_deep' }] });
});

test('rejects the events of a batch that together share more than its size allows', async () => {
	const context = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`k${index}`, 1]));
	const batch = Array.from({ length: 2500 }, () => ({ event: 'a', userId: '1' }));
	const reply = await new Trigger().post({ context, batch });

	expect(reply.events.length).toBeLessThan(30);
	expect(reply.events.every((event) => Object.keys(event.context).length === 2000)).toBe(true);
	expect(reply.rejected).toHaveLength(2500 - reply.events.length);
	expect(reply.rejected.at(-1)).toMatchObject({ index: 2499, code: 'shares_too_much', event: batch[0] });
});

describe('Events per Second', () => {
	const batch = (events: number) => Array.from({ length: events }, () => track());

	test('refuses events above it and says when to send again', async () => {
		const trigger = new Trigger({ options: { eventsPerSecond: 2 } });

		expect((await trigger.post(batch(2))).status).toBe(200);
		const refused = await trigger.post(batch(2));
		expect(refused).toMatchObject({ status: 429, runs: false });
		expect(refused.json()).toEqual({
			code: 429,
			success: false,
			error: {
				code: 'rate_limited',
				message:
					"The limit is 2 events per second ('Events per Second' in the trigger's options). Send this request again in 1 s.",
			},
		});
		expect(refused.headers.get('retry-after')).toBe('1');
		expect(refused.headers.get('access-control-expose-headers')).toBe('Retry-After');
	});

	test('counts each trigger on its own', async () => {
		const options = { eventsPerSecond: 1 };

		expect((await new Trigger({ options }).post(batch(1))).status).toBe(200);
		expect((await new Trigger({ options }).post(batch(1))).status).toBe(200);
	});

	test.each([[0], [''], [-1], [undefined]])('has no limit at %j', async (eventsPerSecond) => {
		const trigger = new Trigger({ options: { eventsPerSecond } });

		expect((await trigger.post(batch(100))).status).toBe(200);
		expect((await trigger.post(batch(100))).status).toBe(200);
	});

	test('is the only reason for a Retry-After', async () => {
		expect((await new Trigger().post('')).headers.has('retry-after')).toBe(false);
	});
});

describe('IP Allow List', () => {
	const trigger = new Trigger({ options: { ipAllowList: '10.0.0.0/8, 192.168.1.7' } });
	const status = async (post: object) => (await trigger.post(track(), post)).status;

	test('accepts only the addresses on it', async () => {
		expect(await status({ ip: '10.1.2.3' })).toBe(200);
		expect(await status({ ip: '::ffff:192.168.1.7' })).toBe(200);
		expect(await status({ ip: '192.168.1.8' })).toBe(403);
	});

	test('checks the first address that a trusted proxy forwarded', async () => {
		expect(await status({ ip: '172.16.0.1', ips: ['10.1.2.3', '172.16.0.1'] })).toBe(200);
		expect(await status({ ip: '10.1.2.3', ips: ['172.16.0.1', '10.1.2.3'] })).toBe(403);
	});

	test('ignores the headers in which a sender claims another address', async () => {
		const headers = { 'x-forwarded-for': '10.0.0.1', 'x-real-ip': '10.0.0.1', forwarded: 'for=10.0.0.1' };

		expect(await status({ ip: '172.16.0.1', headers })).toBe(403);
	});
});

describe('Allowed Origins', () => {
	const allowedOrigins = 'https://www.example.com, https://shop.example.com/';
	const from = async (origin: string, options: object = { allowedOrigins }) =>
		await new Trigger({ options: options as never }).post(track(), { headers: { origin } });

	test.each(['https://evil.example', 'https://shop.example.com.evil.example', 'null'])(
		'refuses a page of %s, and lets the browser hide the reply',
		async (origin) => {
			const reply = await from(origin);

			expect(reply.status).toBe(403);
			expect(reply.headers.has('access-control-allow-origin')).toBe(false);
		},
	);

	test('accepts a page of an origin on the list, and lets it read the reply', async () => {
		const reply = await from('https://shop.example.com');

		expect(reply.status).toBe(200);
		expect(reply.headers.get('access-control-allow-origin')).toBe('https://shop.example.com');
	});

	test('accepts requests that do not come from a browser', async () => {
		expect((await new Trigger({ options: { allowedOrigins } }).post(track())).status).toBe(200);
	});

	test.each([{}, { allowedOrigins: '' }, { allowedOrigins: '*' }])('at %j accepts all', async (options) => {
		expect((await from('https://any.example', options)).status).toBe(200);
	});
});

describe('Accept Future Times', () => {
	const timestamp = '2100-01-01T00:00:00.000Z';

	test('keeps a time in the future', async () => {
		const { events } = await new Trigger({ options: { acceptFutureTimes: true } }).post(track({ timestamp }));

		expect(events).toMatchObject([{ timestamp, _meta: { warnings: [] } }]);
	});

	test.each([{}, { acceptFutureTimes: false }])(
		'at %j replaces it with the time of receipt',
		async (options) => {
			const [event] = (await new Trigger({ options }).post(track({ timestamp }))).events;

			expect(event?.timestamp).toBe(event?.receivedAt);
			expect(event?._meta.warnings).toMatchObject([{ code: 'future_time' }]);
		},
	);
});

describe('options that cannot be used', () => {
	test.each([
		[
			{ ipAllowList: '10.0.0.0/99' },
			"'10.0.0.0/99' isn't an IP address or range. Use, for example, 203.0.113.7 or 10.0.0.0/8.",
		],
		[
			{ ipAllowList: '10.0.0.5/-0' },
			"'10.0.0.5/-0' isn't an IP address or range. Use, for example, 203.0.113.7 or 10.0.0.0/8.",
		],
		[{ maxDepth: 65 }, "'Max Depth' must be a number from 1 to 64, but it is 65."],
		[{ maxEventSize: 0 }, "'Max Event Size (KiB)' must be a number of at least 1, but it is 0."],
		[{ eventsPerSecond: '1e3' }, `'Events per Second' must be a number of at least 0, but it is "1e3".`],
		[
			{ allowedOrigins: 'shop.example' },
			"'shop.example' is not a valid origin. Enter an origin such as https://www.example.com.",
		],
	])('%j keep the workflow from being published', async (options, message) => {
		const publishing = new Trigger({ options }).publish();

		await expect(publishing).rejects.toMatchObject({
			message,
			description: "Correct the trigger's options, then publish the workflow again.",
			node: { name: 'Trigger' },
		});
	});

	test.each([{}, { maxDepth: '', eventsPerSecond: 0 }, { maxEventSize: '64', maxDepth: 64 }])(
		'are the only reason that keeps it from being published: %j do not',
		async (options) => {
			expect(await new Trigger({ options }).publish()).toBe(true);
		},
	);
});

describe('the size of an event without Max Event Size', () => {
	const size = async (body: object) => (await new Trigger().post(body)).rejected.map(({ code }) => code);

	test('may be 256 KiB for webhooks of services, which send whole objects', async () => {
		const order = (bytes: number) => ({ userId: 'u1', lines: 'x'.repeat(bytes) });
		expect(await size(order(255 * kibibyte))).toEqual([]);
		expect(await size(order(256 * kibibyte))).toEqual(['event_too_large']);
	});

	test('may be 32 KiB for the Segment family', async () => {
		expect(await size(ofSize(32 * kibibyte))).toEqual([]);
		expect(await size({ batch: [ofSize(32 * kibibyte + 1)] })).toEqual(['event_too_large']);
	});
});
