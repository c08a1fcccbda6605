import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { event, send, senders, type Sender } from './harness/senders';

/** The results of every service: most useful keys first. */

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

describe.each(senders)('$title', (sender: Sender) => {
	test('says first what happened to whom', async () => {
		const { output } = await send(sender, sandbox, [event(0)]);
		const result = output[0]?.json ?? {};

		const batch = sender.perRequest > 1 ? ['batch'] : [];
		const key = sender.provider === 'suprsend' ? ['idempotencyKey'] : [];
		expect(Object.keys(result)).toEqual([
			...['status', 'userId', 'event', 'response', 'messageId', ...key, 'statusCode', 'attempts'],
			...[...batch, 'service', 'operation'],
		]);
		expect(result).toMatchObject({ status: 'delivered', event: 'event_0', operation: 'event:send' });
		expect(result.userId).toMatch(/^user-0/);
	});

	test('names the user and the event of what it skips and of what fails', async () => {
		const items = [event(0, { integrations: { All: false } }), event(1, { event: '' }), event(2)];
		sandbox.misbehave({ provider: sender.provider, times: 'always', do: { status: 400 } });
		const { output } = await send(sender, sandbox, items, { onError: 'continueRegularOutput' });

		expect(output.map(({ json }) => json)).toMatchObject([
			{ status: 'skipped', userId: 'user-0', event: 'event_0', reason: { code: 'integrations' } },
			{ status: 'failed', reason: { code: 'invalid_event' } },
			{ status: 'failed', event: 'event_2', statusCode: 400, reason: { code: 'refused' } },
		]);
	});

	test('a summary in which everything was skipped says so, with a hint', async () => {
		const items = [0, 1].map((index) => event(index, { integrations: { All: false } }));
		const { output, hints } = await send(sender, sandbox, items, { parameters: { operation: 'sendMany' } });

		expect(output[0]?.json).toMatchObject({ status: 'skipped', total: 2, success: 0, skipped: 2 });
		expect(Object.keys(output[0]?.json ?? {})).toEqual([
			...['status', 'total', 'success', 'failure', 'skipped', 'failed_records', 'warnings'],
			...['requests', 'retries', 'durationMs', 'service', 'operation'],
		]);
		expect(hints).toEqual([expect.stringMatching(/^All 2 items were skipped: .*integrations exclude/)]);
	});
});

test('Identify Many on track events has sent nothing, and says so', async () => {
	const [relationKit] = senders as [Sender];
	const { output, hints } = await send(relationKit, sandbox, [event(0), event(1)], {
		parameters: { resource: 'customer', operation: 'identifyMany' },
	});
	expect(output[0]?.json).toMatchObject({ status: 'skipped', skipped: 2 });
	expect(hints).toEqual([expect.stringMatching(/Identify accepts only identify events/)]);
});

test('a list without events has sent nothing, and says so', async () => {
	const [relationKit] = senders as [Sender];
	const { output, hints } = await send(relationKit, sandbox, [{ batch: [] } as IDataObject], {
		parameters: { operation: 'sendMany', eventsField: 'batch' },
	});
	expect(output[0]?.json).toMatchObject({ status: 'skipped', total: 0 });
	expect(hints).toEqual(['Nothing was sent: there are no events.']);
});
