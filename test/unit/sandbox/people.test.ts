import { credentials, startSandbox, type Sandbox } from '../../sandbox';
import { rehookAuth, send, suprsendAuth } from './http';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({
		people: [{ userId: 'ada', name: 'Ada Lovelace', email: 'ada@example.com' }],
	});
});
afterAll(() => sandbox.close());

test('knows the given people at every service with users, also after a reset', async () => {
	await knowsAda();
	sandbox.reset();
	await knowsAda();
	expect(sandbox.records('suprsend')).toEqual([]);
});

describe('events of unknown users at SuprSend', () => {
	beforeEach(() => sandbox.reset());

	const suprsend = (path: string, body: unknown) =>
		send(sandbox.baseUrl('suprsend') + path, { body, headers: suprsendAuth });
	const event = (user: string, name: string) => ({ distinct_id: user, event: name });
	const taken = () => sandbox.records('suprsend', 'event').map(({ name }) => name);

	test('are answered with success and dropped', async () => {
		const reply = await suprsend('/event/', [event(' ada ', 'known'), event('grace', 'unknown')]);

		expect(reply).toMatchObject({ status: 202, body: 'OK' });
		expect(taken()).toEqual(['known']);
		expect(sandbox.dropped('suprsend')).toMatchObject([
			{ kind: 'event', name: 'unknown', user: 'grace', reason: expect.stringContaining('identify') },
		]);
		expect(sandbox.counts('suprsend')).toMatchObject({ records: 1, dropped: 1, failed: 0 });
	});

	test.each([
		['created', () => suprsend('/v1/user/grace/', {})],
		['edited', () => suprsend('/event/', { distinct_id: 'grace', $user_operations: [{ $set: { n: 1 } }] })],
	])('are taken once the user has been %s', async (_how, identify) => {
		await suprsend('/event/', event('grace', 'early'));
		await identify();
		await suprsend('/event/', event('grace', 'late'));

		expect(taken()).toEqual(['late']);
		sandbox.reset();
		await suprsend('/event/', event('grace', 'after a reset'));
		expect(taken()).toEqual([]);
	});

	test('are accepted if no known people are given', async () => {
		const other = await startSandbox();
		await send(`${other.baseUrl('suprsend')}/event/`, {
			body: event('grace', 'order'),
			headers: suprsendAuth,
		});

		expect(other.records('suprsend')).toHaveLength(1);
		await other.close();
	});
});

async function knowsAda(): Promise<void> {
	const { apiKey, projectId } = credentials.embeddables;
	const [user, customer, entries] = await Promise.all([
		send(`${sandbox.baseUrl('suprsend')}/v1/user/ada/`, { headers: suprsendAuth }),
		send(`${sandbox.baseUrl('rehook')}/customers/ada`, { headers: rehookAuth }),
		send(`${sandbox.baseUrl('embeddables')}/projects/${projectId}/entries`, {
			headers: { 'x-api-key': apiKey },
		}),
	]);
	expect(JSON.parse(user.body)).toMatchObject({
		distinct_id: 'ada',
		$email: [{ value: 'ada@example.com' }],
	});
	expect(JSON.parse(customer.body)).toMatchObject({ source_id: 'ada' });
	expect(entries.body).toContain('ada@example.com');
	await send(`${sandbox.baseUrl('simondata')}/http/v1/collect`, {
		body: {
			...credentials.simondata,
			...{ clientId: 'ada', sentAt: Date.now(), type: 'track', event: 'page_view' },
			...{ context: {}, properties: {} },
		},
	});
	expect(sandbox.dropped('simondata')).toEqual([]);
	expect(sandbox.records('simondata')).toHaveLength(1);
}
