import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { runNode } from './harness/run-node';
import { event, send, senders, type Sender } from './harness/senders';

const [relationKit, suprSend, , rehook] = senders as [Sender, Sender, Sender, Sender];

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

async function customerEvents(operation: string, items: IDataObject[]): Promise<IDataObject[]> {
	const { output } = await runNode({
		node: 'customerEvents',
		parameters: { operation },
		credentials: {},
		items,
	});
	return output.map(({ json }) => json);
}

/** The codes of an item's warnings. */
const codesOf = ({ warnings }: IDataObject) =>
	(warnings as IDataObject[] | undefined)?.map(({ code }) => code);

const odd = [
	event(0, { timestamp: 'yesterday', userId: 7 }),
	event(1),
	JSON.parse(
		JSON.stringify(event(2, { coupon: 'SPRING' })).replace('"properties":{', '"properties":{"prototype":1,'),
	) as IDataObject,
];
const codes = [['id_from_number', 'unreadable_time'], [], ['unsafe_key_dropped', 'field_ignored']];

describe.each(senders)('a warning about an event that goes to $title', (sender) => {
	const settings = { options: { eventNameFormat: 'asIs' } };

	test('by way of Convert and Validate is in its result and in the hint', async () => {
		const events = await customerEvents('validate', await customerEvents('convert', odd));
		const { output, hints } = await send(sender, sandbox, events, { parameters: settings });

		expect(output.map(({ json }) => json.status)).toEqual(['delivered', 'delivered', 'delivered']);
		for (const [index, { json }] of output.entries())
			expect(codesOf(json)).toEqual(expect.arrayContaining(codes[index] as string[]));
		expect(codesOf(output[1]?.json ?? {})).toBeUndefined();
		expect(hints).toEqual([
			expect.stringMatching(/^\d warnings .*unreadable_time.* \(item 0, counted from 0\): .*yesterday/),
		]);
	});

	test('is counted in the summary', async () => {
		const events = await customerEvents('convert', odd);
		const { output, hints } = await send(sender, sandbox, events, {
			parameters: { ...settings, operation: 'sendMany', eventsField: '' },
		});

		expect(output[0]?.json).toMatchObject({
			success: 3,
		});
		expect(codesOf(output[0]?.json ?? {})?.toSorted()).toEqual([
			...['field_ignored', 'id_from_number', 'unreadable_time', 'unsafe_key_dropped'],
		]);
		expect(hints).toEqual([expect.stringMatching(/^4 warnings /)]);
	});

	test('is in its failed result, and comes along to the node behind the error output', async () => {
		sandbox.misbehave({ provider: sender.provider, times: 'always', do: { status: 400 } });
		const events = await customerEvents('convert', odd.slice(0, 1));
		const failing = await send(sender, sandbox, events, { onError: 'continueErrorOutput' });
		const [failed] = failing.errorOutput;
		sandbox.reset();
		const next = sender === relationKit ? rehook : relationKit;
		const { output } = await send(next, sandbox, [failed?.json ?? {}]);

		expect(codesOf(failed?.json.error as IDataObject)).toEqual(expect.arrayContaining(codes[0] as string[]));
		expect(codesOf(output[0]?.json ?? {})).toEqual(codes[0]);
	});
});

test('an event that a service skips keeps its warnings', async () => {
	const [converted = {}] = await customerEvents('convert', odd);
	const { output } = await send(suprSend, sandbox, [{ ...converted, integrations: { SuprSend: false } }]);

	expect(output[0]?.json).toMatchObject({ status: 'skipped' });
	expect(codesOf(output[0]?.json ?? {})).toEqual(codes[0]);
});

describe('data outside of its place in an event', () => {
	const signup = { userId: 'u1', event: 'signup', referral_code: 'KBLGPN', total_amount: 250 };

	test('is named in the result and in the hint, with the place to put it', async () => {
		const { output, hints } = await send(rehook, sandbox, [signup]);

		expect(output[0]?.json).toMatchObject({ status: 'delivered', warnings: [{ code: 'field_ignored' }] });
		expect(hints).toEqual([
			expect.stringMatching(/\(field_ignored\).*"referral_code", "total_amount".*"properties"/),
		]);
	});

	test('is sent once it is where the warning says', async () => {
		const { referral_code, total_amount, ...rest } = signup;
		const properties = { referral_code, total_amount };
		const { output, hints } = await send(rehook, sandbox, [{ ...rest, properties }]);

		expect(output[0]?.json).toMatchObject({ status: 'delivered' });
		expect(output[0]?.json).not.toHaveProperty('warnings');
		expect(hints).toEqual([]);
		expect(sandbox.requests('rehook')[0]?.body).toMatchObject({ metadata: properties });
	});

	test('of a person is named in the result of Identify', async () => {
		const person = { type: 'identify', userId: 'u1', email: 'ada@example.com', name: 'Ada', plan: 'pro' };
		const { output, hints } = await send(relationKit, sandbox, [person], {
			parameters: { resource: 'customer', operation: 'identify' },
		});

		expect(codesOf(output[0]?.json ?? {})).toEqual(['field_ignored', 'field_ignored']);
		expect(hints).toEqual([
			expect.stringMatching(/"name"\. To keep a field, put it under "traits".*"email", "plan"\./),
		]);
	});
});

describe('one idempotency key for different items', () => {
	const fixedKey = { additionalFields: { idempotencyKey: 'fixed' } };

	test.each([
		['a message ID that two events share', [event(0), event(1, { messageId: 'message-0' })], {}],
		['a fixed Idempotency Key', [event(0), event(1)], fixedKey],
	])('is named in the result of the second one: %s', async (_, items, parameters) => {
		const { output, hints } = await send(suprSend, sandbox, items, { parameters });

		expect(output.map(({ json }) => codesOf(json))).toEqual([undefined, ['key_reused']]);
		expect(hints).toEqual([expect.stringMatching(/Item 0 and Item 1 .* skips one of them/)]);
		expect(sandbox.records('suprsend')).toHaveLength(1);
	});

	test('is counted in the summary', async () => {
		const items = [0, 1, 2].map((index) => event(index, { messageId: 'm-1' }));
		const { output } = await send(suprSend, sandbox, items, {
			parameters: { operation: 'sendMany', eventsField: '' },
		});
		expect(output[0]?.json).toMatchObject({ success: 3 });
		expect(codesOf(output[0]?.json ?? {})).toEqual(['key_reused', 'key_reused']);
	});

	test('is no reason to warn if the items are equal', async () => {
		const { output, hints } = await send(suprSend, sandbox, [event(0), event(0)]);
		expect(output.map(({ json }) => codesOf(json))).toEqual([undefined, undefined]);
		expect(hints).toEqual([]);
	});
});
