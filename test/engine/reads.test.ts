import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import type { RunOptions } from './harness/run-node';
import { send, senders, type Sender } from './harness/senders';

/** Reads return the entity itself, as other nodes of n8n do. */

const suprSend = senders[1] as Sender;
const rehook = senders[3] as Sender;

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const answer = (provider: Sender['provider'], body: unknown) =>
	sandbox.misbehave({ provider, times: 'always', do: { status: 200, body } });

const run = async (sender: Sender, parameters: INodeParameters, more: Partial<RunOptions> = {}) =>
	await send(sender, sandbox, [{}], { parameters: { options: {}, ...parameters }, ...more });

const user = {
	...{ distinct_id: 'ada', properties: { plan: 'pro' }, created_at: 'c', updated_at: 'u' },
	...{ $email: [{ value: 'ada@example.com' }], $sms: [], $whatsapp: [], $inbox: [], $slack: [] },
	...{ $androidpush: [], $iospush: [], $webpush: [], $ms_teams: [] },
};
const getUser = { resource: 'user', operation: 'get', distinctId: { __rl: true, mode: 'id', value: 'ada' } };

test('User: Get returns what most workflows need, and all of it without Simplify', async () => {
	answer('suprsend', user);
	const simplified = await run(suprSend, getUser);
	const whole = await run(suprSend, { ...getUser, simplify: false });

	expect(simplified.output.map(({ json }) => json)).toEqual([
		{
			...{ distinct_id: 'ada', properties: { plan: 'pro' }, $email: [{ value: 'ada@example.com' }] },
			...{ $sms: [], $whatsapp: [], created_at: 'c', updated_at: 'u' },
		},
	]);
	expect(whole.output.map(({ json }) => json)).toEqual([user]);
});

test('Delete says that it has deleted', async () => {
	answer('suprsend', {});
	const { output } = await run(suprSend, { ...getUser, operation: 'delete' });
	expect(output.map(({ json }) => json)).toEqual([{ deleted: true }]);
});

const coupons = Array.from({ length: 60 }, (_, index) => ({ coupon_id: `c${index}` }));
const getCoupons = { resource: 'coupon', operation: 'getMany' };

test.each([
	['50 unless the user says otherwise', {}, 50],
	['up to the limit', { limit: 3 }, 3],
	['all with Return All', { returnAll: true }, 60],
])('a list returns one item for each entry: %s', async (_, parameters, count) => {
	answer('rehook', coupons);
	const { output } = await run(rehook, { ...getCoupons, ...parameters });
	expect(output.map(({ json }) => json)).toEqual(coupons.slice(0, count));
	expect(output.map(({ pairedItem }) => pairedItem)).toEqual(output.map(() => ({ item: 0 })));
});

test.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
	'an entity with a field "error" is no failure with Retry On Fail on %s',
	async (onError) => {
		const customer = { id: 'cust_1', source_id: 'ada', error: 'a field of the customer' };
		answer('rehook', customer);
		const parameters = { resource: 'customer', operation: 'get', sourceId: 'ada' };
		const { output, errorOutput, error } = await run(rehook, parameters, { onError, retryOnFail: true });

		expect(error).toBeUndefined();
		expect(output.map(({ json }) => json)).toEqual([{ data: customer }]);
		expect(errorOutput).toEqual([]);
		expect(sandbox.requests('rehook')).toHaveLength(1);
	},
);

test('a read that fails and one that is previewed have a result', async () => {
	const failed = await run(suprSend, getUser, { onError: 'continueRegularOutput' });
	expect(failed.output[0]?.json).toMatchObject({ status: 'failed', userId: 'ada', statusCode: 404 });

	const previewed = await run(suprSend, { ...getUser, options: { previewOnly: true } });
	const { request } = previewed.output[0]?.json as { request: IDataObject };
	expect(previewed.output[0]?.json).toMatchObject({ status: 'previewed', userId: 'ada' });
	expect(request.url).toMatch(/\/v1\/user\/ada\/$/);
});
