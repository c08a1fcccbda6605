import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Fault, type Sandbox } from '../sandbox';
import { event, events, send, senders, type Sender } from './harness/senders';

const [relationKit, suprSendWithApiKey] = senders as [Sender, Sender, Sender];

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

/** Returns a generator of numbers from 0 to 1. The same seed gives the same numbers (mulberry32). */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

const misbehaviors: Array<Fault['do']> = [
	{ status: 500 },
	{ status: 429 },
	{ status: 503 },
	{ reset: 'after-reading' },
	{ reset: 'after-storing' },
	{ truncate: true },
];

/** Gives about 20 % of the requests a fault of a random kind. */
function misbehaveAtRandom(seed: number, requests: number): void {
	const random = seeded(seed);
	let met = 0;
	for (let position = 0; position < requests; position++) {
		if (random() >= 0.2) continue;
		const action = misbehaviors[Math.floor(random() * misbehaviors.length)] as Fault['do'];
		// A request that gets a fault doesn't count for the faults after it.
		sandbox.misbehave({ after: position - met++, do: action } as Fault);
	}
}

/** Events of different users, which don't have to wait for each other. */
const strangers = (count: number): IDataObject[] =>
	events(count).map((each, index) => ({ ...each, userId: `user-${index}` }));

/** Gives each third event a field that no event has. */
const withOddFields = (items: IDataObject[]): IDataObject[] =>
	items.map((item, index) => (index % 3 === 0 ? { ...item, coupon: `code-${index}` } : item));

/** Expects that each result, whether delivered or failed, has the warnings of its own event. */
function expectOwnWarnings(results: IDataObject[]): void {
	const unexpected = results.filter(({ warnings = [] }, index) => {
		const [first, ...others] = warnings as IDataObject[];
		const isRight = index % 3 === 0 ? String(first?.message).includes('"coupon"') : first === undefined;
		return !isRight || others.length > 0;
	});
	expect(unexpected).toEqual([]);
}

// Thousands of requests with waits in between, which take long on a busy machine.
jest.setTimeout(180_000);

/** How many events to send. `npm run test:fuzz` sends 5,000. */
const guaranteed = Number(process.env.GUARANTEED_EVENTS ?? 1_700);

describe.each([1, 2, 3])(
	`${guaranteed} events with a random fault on 20 %% of the requests, seed %d`,
	(seed) => {
		test('SuprSend, safe to resend: delivers every event exactly once', async () => {
			misbehaveAtRandom(seed, guaranteed / 5);
			const { output } = await send(suprSendWithApiKey, sandbox, withOddFields(strangers(guaranteed)), {
				onError: 'continueRegularOutput',
				parameters: { options: { batchSize: 10 } },
			});

			expect(output).toHaveLength(guaranteed);
			expect(output.filter(({ json }) => json.status !== 'delivered')).toEqual([]);
			expectOwnWarnings(output.map(({ json }) => json));
			expect(sandbox.records('suprsend')).toHaveLength(guaranteed);
			expect(sandbox.counts('suprsend').failed).toBeGreaterThan(guaranteed / 100);
		});

		test('RelationKit customers, safe to resend: delivers every customer', async () => {
			misbehaveAtRandom(seed, guaranteed * 1.6);
			const people = strangers(guaranteed).map(({ messageId, userId }) => ({
				type: 'identify',
				messageId,
				userId,
			}));
			const { output } = await send(relationKit, sandbox, withOddFields(people), {
				onError: 'continueRegularOutput',
				// With 8 retries, the default, one in a thousand of these runs would lose a customer by chance.
				parameters: { resource: 'customer', operation: 'identify', options: { maxRetries: 12 } },
			});

			expect(output).toHaveLength(guaranteed);
			expect(output.filter(({ json }) => json.status !== 'delivered')).toEqual([]);
			expectOwnWarnings(output.map(({ json }) => json));
			expect(new Set(sandbox.records('relationkit').map(({ user }) => user)).size).toBe(guaranteed);
			expect(sandbox.counts('relationkit').failed).toBeGreaterThan(guaranteed / 100);
		});

		test('RelationKit events, not safe to resend: delivers each exactly once or reports it as failed', async () => {
			misbehaveAtRandom(seed, guaranteed * 1.6);
			const { output } = await send(relationKit, sandbox, withOddFields(strangers(guaranteed)), {
				onError: 'continueRegularOutput',
			});

			const arrivals = new Map<string | undefined, number>();
			for (const { user } of sandbox.records('relationkit', 'event'))
				arrivals.set(user, (arrivals.get(user) ?? 0) + 1);
			const tally = { delivered: 0, failed: 0 };
			for (const [index, { json }] of output.entries()) {
				const times = arrivals.get(`user-${index}`) ?? 0;
				expect(times).toBeLessThanOrEqual(1);
				if (json.status === 'delivered') {
					expect(times).toBe(1);
					tally.delivered++;
				} else {
					expect(json).toMatchObject({ status: 'failed', reason: { mayHaveBeenReceived: true } });
					tally.failed++;
				}
			}
			expect(tally.delivered + tally.failed).toBe(guaranteed);
			expectOwnWarnings(output.map(({ json }) => json));
			// Requests that are safe to repeat were repeated. Four of six kinds of fault are ambiguous and remain.
			expect(tally.failed).toBeGreaterThan(guaranteed / 50);
			expect(sandbox.counts('relationkit').requests).toBeGreaterThan(guaranteed);
		});
	},
);

test('counts the warnings of every event in a summary, whatever happens to its requests', async () => {
	misbehaveAtRandom(4, 400);
	const { output } = await send(relationKit, sandbox, withOddFields(strangers(300)), {
		onError: 'continueRegularOutput',
		parameters: { operation: 'sendMany', eventsField: '' },
	});

	expect(output[0]?.json).toMatchObject({ total: 300 });
	const warnings = output[0]?.json.warnings as IDataObject[];
	expect(warnings.filter(({ code }) => code === 'field_ignored')).toHaveLength(100);
	expect(sandbox.counts('relationkit').failed).toBeGreaterThan(10);
});

test('delivers everything exactly once with default options, beyond a rate limit with Retry-After', async () => {
	// A limit so low that even a busy machine exceeds it.
	sandbox.misbehave({ provider: 'relationkit', do: { rate: { perSecond: 25, retryAfter: 'seconds' } } });
	const { output } = await send(relationKit, sandbox, events(100));

	expect(output).toHaveLength(100);
	expect(output.every(({ json }) => json.status === 'delivered')).toBe(true);
	const names = sandbox.records('relationkit').map(({ name }) => name);
	expect(new Set(names).size).toBe(100);
	expect(names).toHaveLength(100);
	expect(sandbox.counts('relationkit').failed).toBeGreaterThan(0);
});

test('keeps to "Requests per Second" from the first request to the last', async () => {
	const options = { eventNameFormat: 'asIs', requestsPerSecond: 50 };
	await send(relationKit, sandbox, strangers(100), { parameters: { options } });

	const times = sandbox.requests('relationkit').map(({ at }) => at);
	expect(times).toHaveLength(100);
	for (const [index, time] of times.entries()) {
		const withinASecond = times.slice(index).filter((other) => other - time < 1_000).length;
		// A late timer may put two requests close together, but never a burst.
		expect(withinASecond).toBeLessThanOrEqual(55);
	}
});

test('ends the run early if a service is down, and marks untried events as safe to send later', async () => {
	const { output } = await send(relationKit, sandbox, strangers(500), {
		onError: 'continueRegularOutput',
		credential: { baseUrl: 'http://127.0.0.1:9' },
		parameters: { options: { maxRetries: 1 } },
	});

	expect(output).toHaveLength(500);
	expect(output.every(({ json }) => json.status === 'failed')).toBe(true);
	expect(output.filter(({ json }) => Number(json.attempts) > 0).length).toBeLessThan(60);
	expect(output.at(-1)?.json).toMatchObject({
		attempts: 0,
		reason: { code: 'unreachable', retryable: true },
	});
});

test('ends the run early if events fail, although their customers are accepted', async () => {
	sandbox.misbehave({ path: '/api/v1/events', times: 'always', do: { status: 503 } });
	await send(relationKit, sandbox, strangers(100), {
		onError: 'continueRegularOutput',
		parameters: { options: { ensureCustomerExists: true, maxRetries: 0, concurrency: 1 } },
	});

	expect(sandbox.requests().filter(({ status }) => status === 503)).toHaveLength(10);
});

test('sends nothing more to a service that asks to wait longer than Max Wait', async () => {
	sandbox.misbehave({
		provider: 'relationkit',
		after: 5,
		times: 'always',
		do: { status: 429, headers: { 'retry-after': '3600' } },
	});
	const { output } = await send(relationKit, sandbox, strangers(100), { onError: 'continueRegularOutput' });

	expect(output.filter(({ json }) => json.status === 'delivered')).toHaveLength(5);
	expect(output.at(-1)?.json).toMatchObject({ reason: { code: 'rate_limited', retryAfterMs: 3_600_000 } });
	expect(sandbox.counts('relationkit').requests).toBeLessThan(20);
});

test('reads SuprSend’s answer for each record', async () => {
	const records = [
		{ status: 'success', message_id: 'a', status_code: 202 },
		{ status: 'error', status_code: 404, error: { message: "workflow 'x' not found", type: 'not_found' } },
	];
	sandbox.misbehave({ provider: 'suprsend', do: { status: 207, body: { records, status: 'success' } } });
	const { output, hints } = await send(suprSendWithApiKey, sandbox, [event(0), event(1)], {
		onError: 'continueRegularOutput',
	});

	expect(output.map(({ json }) => json)).toMatchObject([
		{ status: 'delivered', statusCode: 202, response: { message_id: 'a' } },
		{
			status: 'failed',
			statusCode: 404,
			reason: { code: 'not_found', message: expect.stringContaining("'x' not found") },
		},
	]);
	expect(hints).toEqual([
		expect.stringMatching(/^1 of 2 was not delivered. The first \(item 1, counted from 0\): /),
	]);
});

test.each([
	[
		'a rate limit',
		{ status: 429, headers: { 'retry-after': '3600' } },
		{ cause: 'rate-limited', retryAfterMs: 3_600_000 },
	],
	['an outage', { status: 503 }, { cause: 'temporarily-unavailable' }],
	['a dead key', { status: 401 }, { cause: 'credential-invalid' }],
])('reports %s to n8n with n8n’s own cause', async (_, fault, failure) => {
	sandbox.misbehave({ provider: 'relationkit', times: 'always', do: fault });
	const { error } = await send(relationKit, sandbox, [event(0)], {
		parameters: { options: { maxRetries: 0 } },
	});

	expect(error).toMatchObject({ failure, context: { itemIndex: 0 } });
});

test('fails only the event that gets a 403, as from a firewall', async () => {
	sandbox.misbehave({
		provider: 'relationkit',
		when: { 'event.name': 'event_13' },
		times: 'always',
		do: { status: 403, headers: { 'content-type': 'text/html' }, body: '<html>blocked</html>' },
	});
	const options = { eventNameFormat: 'asIs' };
	const { output } = await send(relationKit, sandbox, strangers(100), {
		onError: 'continueRegularOutput',
		parameters: { options },
	});

	const failed = output.filter(({ json }) => json.status === 'failed');
	expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 13 }]);
});

test('gives up a wrong address after a few requests, without halving every batch', async () => {
	sandbox.misbehave({ provider: 'suprsend', times: 'always', do: { status: 404 } });
	const { output } = await send(suprSendWithApiKey, sandbox, strangers(5_000), {
		onError: 'continueRegularOutput',
	});

	expect(output).toHaveLength(5_000);
	expect(output.every(({ json }) => json.status === 'failed')).toBe(true);
	expect(sandbox.counts('suprsend').requests).toBeLessThan(30);
});

test('lets other work in n8n run during thousands of skipped events', async () => {
	let turns = 0;
	const others = setInterval(() => turns++, 1);
	const skipped = events(20_000).map((each) => ({ ...each, integrations: { All: false } }));
	const { output } = await send(relationKit, sandbox, skipped, {
		parameters: { operation: 'sendMany', eventsField: '' },
	});
	clearInterval(others);

	expect(output[0]?.json).toMatchObject({ skipped: 20_000 });
	// The number depends on the machine. Without giving others a turn, it would be zero to two.
	expect(turns).toBeGreaterThan(2);
});

test.each(
	(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const).flatMap((onError) =>
		['send', 'sendMany'].map((operation) => [operation, onError] as const),
	),
)(
	'does not send events again with "Retry On Fail" that may have been received: %s, %s',
	async (operation, onError) => {
		sandbox.misbehave({ provider: 'relationkit', times: 'always', do: { reset: 'after-storing' } });
		await send(relationKit, sandbox, strangers(2), {
			retryOnFail: true,
			onError,
			parameters: { operation, eventsField: '' },
		});

		const names = sandbox.records('relationkit').map(({ name }) => name);
		expect(names).toHaveLength(2);
		expect(new Set(names).size).toBe(2);
	},
);

test('reports that an event may have been received, even if a later try is refused', async () => {
	sandbox.misbehave({ provider: 'relationkit', do: { reset: 'after-storing' } });
	sandbox.misbehave({ provider: 'relationkit', times: 'always', do: { status: 503 } });
	const { output } = await send(relationKit, sandbox, [event(0)], {
		onError: 'continueRegularOutput',
		parameters: { options: { retryUncertain: true, maxRetries: 1 } },
	});

	expect(sandbox.records('relationkit')).toHaveLength(1);
	expect(output[0]?.json).toMatchObject({ status: 'failed', reason: { mayHaveBeenReceived: true } });
});

test.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
	'fails every item of an operation that this version does not have: %s',
	async (onError) => {
		const { output, errorOutput } = await send(relationKit, sandbox, events(2), {
			onError,
			parameters: { operation: 'fromTheFuture' },
		});

		const failed = onError === 'continueErrorOutput' ? errorOutput : output;
		expect(failed).toHaveLength(2);
		expect(output.filter(({ json }) => json.status !== 'failed')).toEqual([]);
		expect(sandbox.requests()).toEqual([]);
	},
);

test.each([
	['concurrency', 'many'],
	['concurrency', -1],
	['batchSize', 'abc'],
	['timeout', 0],
	['timeout', 30.00012],
	['maxRetries', 'x'],
	['maxWait', null],
	['requestsPerSecond', 'fast'],
	['eventNameFormat', 'shouting'],
])('delivers events although an expression sets %s to %j', async (option, value) => {
	const { output } = await send(suprSendWithApiKey, sandbox, events(20), {
		parameters: { options: { [option]: `={{ ${JSON.stringify(value)} }}` } },
	});

	expect(output.filter(({ json }) => json.status === 'delivered')).toHaveLength(20);
});
