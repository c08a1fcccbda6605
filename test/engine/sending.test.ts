import { get } from 'lodash';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { secrets as allSecrets } from '../sandbox/credentials';
import { findSecrets } from '../secret-scan';
import { event, events, send, senders, type Sender } from './harness/senders';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

function arrivedNames(sender: Sender): unknown[] {
	return sandbox.records(sender.provider).map(({ body }) => get(body, sender.namePath));
}

describe.each(senders)('$title', (sender) => {
	test('returns a result for every item, in input order', async () => {
		const { output, error } = await send(sender, sandbox, events(250));

		expect(error).toBeUndefined();
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(events(250).map((_, item) => ({ item })));
		expect(output.map(({ json }) => json.messageId)).toEqual(events(250).map(({ messageId }) => messageId));
		expect(new Set(output.map(({ json }) => json.status))).toEqual(new Set(['delivered']));
	});

	test('delivers every event once, in each user’s order, in as few and as parallel requests as its limits allow', async () => {
		sandbox.misbehave({ provider: sender.provider, times: 2, do: { delayMs: 500 } });
		await send(sender, sandbox, events(250));

		expect(sandbox.peakInFlight(sender.provider)).toBeGreaterThan(1);
		expect(sandbox.requests(sender.provider)).toHaveLength(Math.ceil(250 / sender.perRequest));
		expect(arrivedNames(sender)).toHaveLength(250);
		for (let user = 0; user < 20; user++) {
			const theirs = sandbox
				.records(sender.provider)
				.filter((record) => record.user?.split('@')[0] === `user-${user}`);
			const sent = events(250).filter(({ userId }) => userId === `user-${user}`);
			expect(theirs.map(({ body }) => get(body, sender.namePath))).toEqual(sent.map((each) => each.event));
		}
	});

	test('reads its credential once per run', async () => {
		const { credentialReads } = await send(sender, sandbox, events(30));

		expect(credentialReads).toBe(1);
	});

	describe('with 100 items, of which the service refuses one and our schema another', () => {
		const items = events(100).map((each, index) =>
			index === 17 ? event(17, { event: 'refuse_me' }) : index === 42 ? event(42, { userId: null }) : each,
		);
		const others = items.filter((_, index) => index !== 17 && index !== 42).map((each) => each.event);

		beforeEach(() =>
			sandbox.misbehave({
				provider: sender.provider,
				when: { [sender.namePath]: 'refuse_me' },
				times: Infinity,
				do: { status: 422, body: { message: 'This event is not welcome' } },
			}),
		);

		test('delivers the other 98 and sends both to the error output, complete and with the reason', async () => {
			const { output, errorOutput, error } = await send(sender, sandbox, items, {
				onError: 'continueErrorOutput',
			});

			expect(error).toBeUndefined();
			expect(arrivedNames(sender).sort()).toEqual([...others].sort());
			expect(output).toHaveLength(98);
			expect(errorOutput.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 17 }, { item: 42 }]);
			expect(errorOutput.map(({ json }) => json)).toMatchObject([items[17], items[42]]);
			expect((errorOutput[0]?.json.error as IDataObject).message).toMatch(
				/refused the data \(status 422\): This event is not welcome/,
			);
			expect(errorOutput[0]?.json.error).toMatchObject({ statusCode: 422, reason: { code: 'refused' } });
			expect((errorOutput[1]?.json.error as IDataObject).message).toMatch(/has no user/);
			expect(errorOutput[1]?.json.error).toMatchObject({ attempts: 0, reason: { code: 'invalid_event' } });
		});

		test('sends items from the error output again without changes', async () => {
			const { errorOutput } = await send(sender, sandbox, items, { onError: 'continueErrorOutput' });
			sandbox.reset();
			const repaired = errorOutput.map(({ json }) => ({ ...json, userId: 'user-1' }));
			const again = await send(sender, sandbox, repaired);

			expect(again.error).toBeUndefined();
			expect(arrivedNames(sender)).toEqual(['refuse_me', 'event_42']);
			expect(again.output.map(({ json }) => json.messageId)).toEqual(['message-17', 'message-42']);
		});

		test('delivers the other 98 and returns a failed result for both on "continue"', async () => {
			const { output, error } = await send(sender, sandbox, items, { onError: 'continueRegularOutput' });

			expect(error).toBeUndefined();
			expect(arrivedNames(sender)).toHaveLength(98);
			expect(output).toHaveLength(100);
			const failed = output.filter(({ json }) => json.status === 'failed');
			expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 17 }, { item: 42 }]);
			expect(failed.map(({ json }) => (json.reason as IDataObject).code)).toEqual([
				'refused',
				'invalid_event',
			]);
			// With an `error`, n8n's "Retry On Fail" would see a failure of the whole node.
			expect(output.filter(({ json }) => 'error' in json)).toEqual([]);
		});

		test('delivers the other 98 before the workflow stops, and names both items in the error', async () => {
			const { error } = await send(sender, sandbox, items, { onError: 'stopWorkflow' });

			expect(arrivedNames(sender)).toHaveLength(98);
			expect(error?.message).toMatch(/refused the data \(status 422\): This event is not welcome/);
			expect(error?.context).toMatchObject({ itemIndex: 17 });
			expect(error?.httpCode).toBe('422');
			expect(error?.description).toMatch(
				/98 delivered, 0 skipped, 2 not delivered \(positions, counted from 0: 17, 42\)/,
			);
			const knowsRepetitions = sender.provider === 'suprsend';
			expect(error?.description?.includes('count twice')).toBe(!knowsRepetitions);
		});
	});

	test('"Retry On Fail" sends nothing twice when the first item failed', async () => {
		const items = [event(0, { userId: null }), ...events(5)];
		for (const onError of ['continueErrorOutput', 'continueRegularOutput'] as const) {
			sandbox.reset();
			await send(sender, sandbox, items, { onError, retryOnFail: true, executionId: onError });
			expect(arrivedNames(sender)).toHaveLength(5);
			// A service that drops repetitions would hide them from the line above.
			expect(sandbox.deduplicated(sender.provider)).toBe(0);
		}
	});

	test('"Retry On Fail" sends nothing twice when the workflow stops at one item', async () => {
		sandbox.misbehave({
			provider: sender.provider,
			when: { [sender.namePath]: 'event_2' },
			times: 'always',
			do: { status: 422 },
		});
		const { error } = await send(sender, sandbox, events(5), { retryOnFail: true });

		expect(error?.message).toMatch(/refused/);
		expect(arrivedNames(sender)).toEqual(['event_0', 'event_1', 'event_3', 'event_4']);
		expect(sandbox.deduplicated(sender.provider)).toBe(0);
		const refusals = sandbox.requests(sender.provider).filter(({ status }) => status === 422);
		expect(refusals.length).toBeGreaterThan(1);
	});

	test('skips events whose integrations exclude it, unless an option says otherwise', async () => {
		const items = [
			event(0, { integrations: { All: false } }),
			event(1, { integrations: { All: false, [sender.title.replace(/ with .*/, '')]: true } }),
		];
		const { output, hints } = await send(sender, sandbox, items);
		expect(output.map(({ json }) => json.status)).toEqual(['skipped', 'delivered']);
		expect(output[0]?.json.reason).toMatchObject({ code: 'integrations' });
		expect(hints).toEqual([]);
		const skipped = await send(sender, sandbox, items.slice(0, 1));
		expect(skipped.hints).toEqual([expect.stringMatching(/^The item was skipped: .*integrations/)]);

		sandbox.reset();
		const options = { respectIntegrations: false };
		const all = await send(sender, sandbox, items, { parameters: { options } });
		expect(all.output.map(({ json }) => json.status)).toEqual(['delivered', 'delivered']);
	});

	test('reads the event from a field of the item', async () => {
		const items = [{ body: { event: event(0) } }];
		const { output } = await send(sender, sandbox, items, { parameters: { eventField: 'body.event' } });

		expect(output[0]?.json).toMatchObject({ status: 'delivered', messageId: 'message-0' });
	});

	test('sends up to "Concurrency" requests at the same time', async () => {
		sandbox.misbehave({ provider: sender.provider, times: 3, do: { delayMs: 500 } });
		sandbox.misbehave({ provider: sender.provider, times: Infinity, do: { delayMs: 20 } });
		const options = { concurrency: 3, batchSize: 1, keepOrder: false };
		await send(sender, sandbox, events(30), { parameters: { options } });

		expect(sandbox.peakInFlight(sender.provider)).toBe(3);
	});

	test('reports an item whose expression fails, and delivers the others', async () => {
		const items = [{ wrapped: event(0) }, { wrapped: event(1) }];
		const parameters = { eventField: "={{ $itemIndex === 0 ? $('No such node').item.json.x : 'wrapped' }}" };
		const { output, errorOutput } = await send(sender, sandbox, items, {
			parameters,
			onError: 'continueErrorOutput',
		});

		expect(output).toHaveLength(1);
		expect(errorOutput).toHaveLength(1);
		expect(errorOutput[0]?.json.error).toMatchObject({ reason: { code: 'unreadable_item' } });
	});

	test('gives events without an ID one that stays the same in n8n’s retry and differs in another execution', async () => {
		const idsOf = async (executionId: string) => {
			const items = [event(0, { messageId: '' }), event(1, { messageId: '' })];
			const { output } = await send(sender, sandbox, items, { executionId });
			return output.map(({ json }) => json.messageId);
		};
		const first = await idsOf('1');

		expect(new Set(first).size).toBe(2);
		expect(await idsOf('1')).toEqual(first);
		expect(await idsOf('2')).not.toEqual(first);
	});

	test('keeps the ID of an event that had none when it is sent again from the error output', async () => {
		sandbox.misbehave({ provider: sender.provider, times: 'always', do: { status: 500 } });
		const failing = await send(sender, sandbox, [event(0, { messageId: '' })], {
			executionId: '1',
			onError: 'continueErrorOutput',
			parameters: { options: { maxRetries: 0 } },
		});
		const [failed] = failing.errorOutput;
		sandbox.reset();
		const again = await send(sender, sandbox, [failed?.json ?? {}], { executionId: '2' });

		const { messageId } = failed?.json.error as IDataObject;
		expect(messageId).toMatch(/^[0-9a-f]{32}$/);
		expect(again.output[0]?.json).toMatchObject({ status: 'delivered', messageId });
	});

	test('ignores an ID that several events have from the same failure, or that is from another operation', async () => {
		const error = {
			status: 'failed',
			provider: sender.title.replace(/ with .*/, ''),
			operation: 'event:send',
			messageId: 'of-the-first-try',
		};
		const lines = [0, 1].map((index) => event(index, { messageId: '', error }));
		const ofAnother = event(2, {
			messageId: '',
			error: { ...error, operation: 'user:identify', messageId: 'of-another' },
		});
		const { output } = await send(sender, sandbox, [...lines, ofAnother]);

		expect(output.map(({ json }) => json)).toMatchObject(
			Array(3).fill({ status: 'delivered', messageId: expect.stringMatching(/^[0-9a-f]{32}$/) }),
		);
		expect(arrivedNames(sender)).toHaveLength(3);
	});

	test.each(['body.event', '={{ $json.body.event }}'])(
		'fails an item without the field %s and names the field',
		async (eventField) => {
			const items = [{ body: { event: event(0) } }, event(1)];
			const { output } = await send(sender, sandbox, items, {
				parameters: { eventField },
				onError: 'continueRegularOutput',
			});

			expect(output.map(({ json }) => json)).toMatchObject([
				{ status: 'delivered' },
				{
					status: 'failed',
					reason: {
						code: 'unreadable_item',
						message: expect.stringMatching(/There is no field 'body\.event'|'Event Field' finds nothing/),
						description: expect.stringContaining('leave it empty'),
					},
				},
			]);
		},
	);

	test('sends and returns nothing without input items', async () => {
		const { output, error } = await send(sender, sandbox, []);

		expect(error).toBeUndefined();
		expect(output).toEqual([]);
		expect(sandbox.requests(sender.provider)).toEqual([]);
	});

	test.each(['stopWorkflow', 'continueErrorOutput', 'continueRegularOutput'] as const)(
		'keeps secrets out of everything that n8n stores, even if the service repeats them: %s',
		async (onError) => {
			const secrets = allSecrets.filter((secret) => Object.values(sender.credential).includes(secret));
			expect(secrets).not.toEqual([]);
			sandbox.misbehave({
				provider: sender.provider,
				after: 1,
				times: 'always',
				do: { status: 500, body: { message: String(secrets) } },
			});
			const { output, errorOutput, stored, error } = await send(sender, sandbox, events(3), {
				onError,
				parameters: { options: { batchSize: 1, maxRetries: 0 } },
			});

			// The service repeated its secrets to two of three items, so there was something to find.
			const answers = sandbox.requests(sender.provider).map(({ answer }) => answer);
			expect(answers.filter((answer) => findSecrets(answer, secrets).length > 0)).toHaveLength(2);
			const failed = [...output, ...errorOutput].filter(({ json }) => json.status !== 'delivered');
			expect([failed.length, error === undefined]).toEqual(
				onError === 'stopWorkflow' ? [0, false] : [2, true],
			);
			expect(findSecrets({ stored, error }, secrets)).toEqual([]);
		},
	);
});

describe('SuprSend', () => {
	const [, , signed] = senders as [Sender, Sender, Sender];

	test('stores an event once within a day, so a repeated run changes nothing', async () => {
		await send(signed, sandbox, events(10));
		await send(signed, sandbox, events(10));

		expect(sandbox.records('suprsend')).toHaveLength(10);
		expect(sandbox.deduplicated()).toBe(10);
	});

	test('keeps requests within 800 KiB', async () => {
		const items = Array.from({ length: 20 }, (_, index) =>
			event(index, { properties: { text: 'x'.repeat(30_000) } }),
		);
		const { error } = await send(signed, sandbox, items);

		expect(error).toBeUndefined();
		expect(sandbox.records('suprsend')).toHaveLength(20);
		const sizes = sandbox.requests('suprsend').map(({ rawBody }) => Buffer.byteLength(rawBody));
		expect(Math.max(...sizes)).toBeLessThanOrEqual(800 * 1024);
	});
});
