import { credentials, startSandbox, type Sandbox } from '../../sandbox';
import { rehookAuth, send, suprsendAuth } from './http';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({
		people: [{ userId: 'ada', name: 'Ada Lovelace', email: 'ada@example.com' }],
	});
});
afterAll(() => sandbox.close());

test('whoever is known from the start is known to each service that keeps people, after a reset as well', async () => {
	await knowsAda();
	sandbox.reset();
	await knowsAda();
	expect(sandbox.records('suprsend')).toEqual([]);
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
