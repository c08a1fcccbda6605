import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { secrets } from '../sandbox/credentials';
import { event, events, send, senders, type Sender } from './harness/senders';

const [relationKit, suprSend] = senders as [Sender, Sender, Sender];

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const sendMany = { operation: 'sendMany', eventsField: '' };

test.each([
	['Send', {}],
	['Send Many', sendMany],
])('shows a hint above the output of %s about what was left out of an event', async (_, parameters) => {
	const items = [event(0), event(1, { properties: { $lib: 'web', plan: 'pro' } })];
	const { output, hints } = await send(suprSend, sandbox, items, { parameters });

	expect(JSON.stringify(output)).toContain('reserved_name');
	expect(hints).toEqual([
		expect.stringMatching(
			/^1 warning \(reserved_name\).* The first \(item 1, counted from 0\): '\$lib' was left out/,
		),
	]);
});

describe.each(senders)('Send Many, $title', (sender) => {
	test('returns one summary for the whole run', async () => {
		const { output, error } = await send(sender, sandbox, events(250), { parameters: sendMany });

		expect(error).toBeUndefined();
		expect(output).toHaveLength(1);
		expect(output[0]?.json).toMatchObject({
			operation: 'event:sendMany',
			status: 'success',
			total: 250,
			success: 250,
			failure: 0,
			skipped: 0,
			failed_records: [],
			warnings: [],
			requests: Math.ceil(250 / sender.perRequest),
			retries: 0,
			durationMs: expect.any(Number),
		});
		expect(sandbox.records(sender.provider)).toHaveLength(250);
	});

	test('lists failed events completely, so that they can be sent again', async () => {
		const items = events(20).map((each, index) =>
			index === 3 ? event(3, { userId: null }) : index === 7 ? event(7, { event: 'refuse_me' }) : each,
		);
		sandbox.misbehave({
			provider: sender.provider,
			when: { [sender.namePath]: 'refuse_me' },
			times: 'always',
			do: { status: 422, body: { message: 'not welcome' } },
		});
		const options = { eventNameFormat: 'asIs' };
		const { output, hints } = await send(sender, sandbox, items, { parameters: { ...sendMany, options } });
		const summary = output[0]?.json as IDataObject;

		expect(summary).toMatchObject({
			status: 'partial',
			total: 20,
			success: 18,
			failure: 2,
			failed_records: [
				{ record: items[3], code: 'invalid_event', item: 3, error: expect.stringMatching(/has no user/) },
				{ record: items[7], code: 422, item: 7, error: expect.stringMatching(/not welcome/) },
			],
		});
		expect(hints).toEqual([expect.stringMatching(/^2 of 20 were not delivered/)]);

		sandbox.reset();
		const [, refused] = summary.failed_records as Array<{ record: IDataObject }>;
		await send(sender, sandbox, [refused?.record ?? {}], { parameters: { ...sendMany, options } });
		expect(sandbox.records(sender.provider).map(({ name }) => name)).toEqual(['refuse_me']);
	});

	test('reads events from a list in a field of the items, and names a field that holds no list', async () => {
		const items = [{ body: { batch: events(5) } }, { body: {} }];
		const { output } = await send(sender, sandbox, items, {
			parameters: { ...sendMany, eventsField: 'body.batch' },
		});

		expect(output[0]?.json).toMatchObject({
			status: 'partial',
			total: 6,
			success: 5,
			failed_records: [
				{
					item: 1,
					code: 'unreadable_item',
					error: expect.stringMatching(/'body\.batch' doesn't contain a list/),
				},
			],
		});
	});

	test('fails only the item whose expression for the list fails or finds nothing', async () => {
		const items = [
			{ body: JSON.stringify(events(3)) },
			{ body: '[{"not JSON' },
			event(8),
			{ body: JSON.stringify([event(9)]) },
		];
		const { output } = await send(sender, sandbox, items, {
			parameters: { ...sendMany, eventsField: '={{ $json.body ? $json.body.parseJson() : undefined }}' },
		});

		expect(output[0]?.json).toMatchObject({
			status: 'partial',
			total: 6,
			success: 4,
			failed_records: [
				{ item: 1, code: 'unreadable_item' },
				{
					item: 2,
					code: 'unreadable_item',
					error: expect.stringMatching(/'Events Field' doesn't contain a list/),
				},
			],
		});
		expect(sandbox.records(sender.provider)).toHaveLength(4);
	});

	test('stops the workflow if nothing is delivered, unless it is set to continue', async () => {
		const credential = { baseUrl: 'http://127.0.0.1:9' };
		const parameters = { ...sendMany, options: { maxRetries: 0 } };
		const stopped = await send(sender, sandbox, events(3), { parameters, credential });
		expect(stopped.error?.message).toMatch(/cannot be reached/);

		const continued = await send(sender, sandbox, events(3), {
			parameters,
			credential,
			onError: 'continueRegularOutput',
		});
		expect(continued.output[0]?.json).toMatchObject({ status: 'fail', total: 3, success: 0, failure: 3 });

		const routed = await send(sender, sandbox, events(3), {
			parameters,
			credential,
			onError: 'continueErrorOutput',
		});
		expect(routed.output).toEqual([]);
		expect(routed.errorOutput[0]?.json).toMatchObject({
			error: { message: expect.stringMatching(/cannot be reached/), status: 'fail', failure: 3 },
		});
	});
});

test('keeps the ID of a failed record that had none when it is sent again', async () => {
	sandbox.misbehave({ provider: 'suprsend', times: 'always', do: { status: 500 } });
	const { output } = await send(suprSend, sandbox, [event(0, { messageId: '' })], {
		onError: 'continueRegularOutput',
		parameters: { ...sendMany, options: { maxRetries: 0 } },
	});
	const [record] = output[0]?.json.failed_records as [IDataObject];
	sandbox.reset();
	const again = await send(suprSend, sandbox, [record], {
		executionId: '2',
		parameters: { eventField: 'record' },
	});

	expect(again.output[0]?.json).toMatchObject({ status: 'delivered', messageId: record.messageId });
});

test('sends identify events with Identify Many and skips the others', async () => {
	const people = events(4).map(({ userId, messageId }) => ({ type: 'identify', userId, messageId }));
	const { output } = await send(relationKit, sandbox, [...people, event(5)], {
		parameters: { resource: 'customer', operation: 'identifyMany', eventsField: '' },
	});

	expect(output[0]?.json).toMatchObject({ status: 'success', total: 5, success: 4, skipped: 1 });
	expect(sandbox.records('relationkit', 'customer')).toHaveLength(4);
});

test.each([['batch'], ['={{ $json.batch }}']])(
	'sends the lists of events in the field %s with Send Many, for each item',
	async (eventsField) => {
		const items = [{ batch: [event(0), event(1)] }, { batch: [event(2)] }];
		const { output } = await send(suprSend, sandbox, items, { parameters: { ...sendMany, eventsField } });

		expect(output[0]?.json).toMatchObject({ status: 'success', total: 3 });
		expect(sandbox.records('suprsend').map(({ name }) => name)).toEqual(['event_0', 'event_1', 'event_2']);
	},
);

test('evaluates an expression in an option for the first item and uses it for the whole run', async () => {
	const options = { ensureCustomerExists: '={{ $json.properties.index === 0 }}' };
	await send(relationKit, sandbox, events(3), { parameters: { options } });

	expect(sandbox.requests('relationkit').filter(({ path }) => path.endsWith('/ping'))).toHaveLength(3);
});

test('shows prerequisites in the preview of Send Many', async () => {
	const options = { previewOnly: true, ensureCustomerExists: true };
	const { output } = await send(relationKit, sandbox, events(2), { parameters: { ...sendMany, options } });

	const shown = output[0]?.json.preview as Array<{ url: string }>;
	expect(shown.map(({ url }) => url.split('/').at(-1))).toEqual(['ping', 'events', 'ping', 'events']);
});

describe.each(senders)('Preview Only, $title', (sender) => {
	const options = { previewOnly: true };

	test('shows the exact request and sends nothing', async () => {
		const items = [event(0)];
		const { output } = await send(sender, sandbox, items, { parameters: { options } });
		expect(sandbox.requests()).toEqual([]);
		const preview = output[0]?.json as IDataObject & {
			request: IDataObject & { headers: Record<string, string> };
		};
		expect(preview).toMatchObject({ status: 'previewed', messageId: 'message-0', attempts: 0 });

		await send(sender, sandbox, items, { parameters: { options: {} } });
		const [sent] = sandbox.requests(sender.provider);
		expect(preview.request.method).toBe(sent?.method);
		expect(preview.request.url).toBe(
			`${sandbox.baseUrl(sender.provider)}${preview.request.url?.toString().slice(sandbox.baseUrl(sender.provider).length)}`,
		);
		expect(String(preview.request.url).endsWith(sent?.path ?? '?')).toBe(true);
		// Simon Data's keys are in the body.
		expect(preview.request.body).toEqual(masked(sent?.body));
		for (const [name, value] of Object.entries(preview.request.headers)) {
			const real = String(sent?.headers[name.toLowerCase()]);
			if (value.includes('•••')) {
				const [before, after] = value.split('•••');
				expect(after).toBe('');
				expect(real.startsWith(before ?? '?')).toBe(true);
			} else if (name === 'Date') expect(Date.parse(value)).not.toBeNaN();
			else expect(value).toBe(real);
		}
	});

	test('shows items that would fail, and stops the workflow only if all would', async () => {
		const shown = await send(sender, sandbox, [event(0), {}], { parameters: { options } });
		expect(shown.error).toBeUndefined();
		expect(shown.output.map(({ json }) => json.status)).toEqual(['previewed', 'failed']);

		const stopped = await send(sender, sandbox, [{}], { parameters: { options } });
		expect(stopped.error).toMatchObject({ context: { itemIndex: 0 } });
	});

	test('shows no secret', async () => {
		const { stored } = await send(sender, sandbox, events(5), { parameters: { options } });
		for (const secret of secrets) expect(JSON.stringify(stored)).not.toContain(secret);
	});

	test('shows the first requests and their number in the summary of Send Many', async () => {
		const { output, hints } = await send(sender, sandbox, events(250), {
			parameters: { ...sendMany, options },
		});

		expect(sandbox.requests()).toEqual([]);
		expect(hints).toEqual([
			"'Preview Only' is on, so nothing was sent. With this option off, 250 of 250 would be sent.",
		]);
		expect(output[0]?.json).toMatchObject({
			status: 'previewed',
			total: 250,
			success: 0,
			failure: 0,
		});
		expect((output[0]?.json.preview as unknown[]).length).toBe(
			Math.min(10, Math.ceil(250 / sender.perRequest)),
		);

		await send(sender, sandbox, events(250), { parameters: sendMany });
		expect(output[0]?.json.requests).toBe(sandbox.requests(sender.provider).length);
	});

	test('shows what would be refused', async () => {
		const { output, hints } = await send(sender, sandbox, [event(0), event(1, { userId: null })], {
			parameters: { options },
			onError: 'continueRegularOutput',
		});
		expect(output[1]?.json).toMatchObject({ status: 'failed', reason: { code: 'invalid_event' } });
		expect(hints).toEqual([
			"'Preview Only' is on, so nothing was sent. With this option off, 1 of 2 would be sent.",
			expect.stringMatching(
				/^1 of 2 would not be sent\. The first \(item 1, counted from 0\): The item is not a complete/,
			),
		]);
	});
});

describe('100,000 events through Send Many', () => {
	let counting: Server;
	let requests = 0;
	const heap: number[] = [];
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;

	// Counts requests and keeps nothing, so that only our own memory can grow.
	beforeAll(async () => {
		counting = createServer((request, response) => {
			request.resume().on('end', () => {
				if (++requests % 100 === 0) {
					collectGarbage();
					heap.push(process.memoryUsage().heapUsed);
				}
				response.writeHead(202).end('OK');
			});
		});
		await new Promise<void>((resolve) => counting.listen(0, '127.0.0.1', resolve));
	});
	afterAll(() => counting.close());

	/** Returns milliseconds of CPU time, which other programs on the machine don't lengthen. */
	async function processorTime(count: number): Promise<number> {
		requests = 0;
		heap.length = 0;
		const items = events(count);
		const before = process.cpuUsage();
		const { output } = await send(suprSend, sandbox, items, {
			parameters: sendMany,
			credential: { baseUrl: `http://127.0.0.1:${(counting.address() as AddressInfo).port}` },
		});
		const { user, system } = process.cpuUsage(before);
		expect(output[0]?.json).toMatchObject({
			status: 'success',
			total: count,
			success: count,
			requests: count / 100,
		});
		return (user + system) / 1000;
	}

	test('needs constant memory and linear time', async () => {
		await processorTime(1_000);
		const small = await processorTime(10_000);
		const large = await processorTime(100_000);
		const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
		console.info(
			`Send Many: 10,000 events ${Math.round(small)} ms, 100,000 events ${Math.round(large)} ms (× ${(large / small).toFixed(1)}); heap after every 100 of 1,000 requests: ${heap.map(megabytes).join(' ')} MB`,
		);

		// Ten times the events need about ten times as long. Quadratic growth would need a hundred times as long.
		expect(large / small).toBeLessThan(25);
		expect(Math.max(...heap.slice(1)) - (heap[0] ?? 0)).toBeLessThan(15 * 1024 * 1024);
	}, 300_000);
});

/** Masks secrets as a preview does. */
function masked(body: unknown): unknown {
	const json = secrets.reduce((shown, secret) => shown.replaceAll(secret, '•••'), JSON.stringify(body));
	return JSON.parse(json);
}
