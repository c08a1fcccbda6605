import { setTimeout as sleep } from 'node:timers/promises';
import { outputOf, type Workflow } from '../n8n-client';
import type { Workbench, Draft } from './workbench';

const TEMPLATE = 'nightly-identify-to-simon-and-suprsend';

export function nightly(workbench: () => Workbench): void {
	let draft: Draft;
	beforeAll(async () => {
		draft = await workbench().add(TEMPLATE);
		await draft.execute('Create example table');
	});

	test('identifies new and changed users in both services', async () => {
		const { sandbox } = workbench();
		const execution = await draft.execute('Every night');

		expect(execution.status).toBe('success');
		expect(sandbox.records('simondata').map(({ body }) => body)).toMatchObject([
			{
				type: 'identify',
				userId: 'ada',
				traits: { email: 'ada@example.com', name: 'Ada Lovelace', properties: { plan: 'pro' } },
			},
			{ type: 'identify', userId: 'grace' },
			{ type: 'identify', userId: 'hedy' },
		]);
		expect(sandbox.records('suprsend').map(({ body }) => body)).toMatchObject([
			{
				distinct_id: 'ada',
				$user_operations: [
					{ $set: { name: 'Ada Lovelace', plan: 'pro' } },
					{ $append: { $email: 'ada@example.com' } },
				],
			},
			{ distinct_id: 'grace' },
			{ distinct_id: 'hedy' },
		]);
		expect(sandbox.requests('suprsend')).toHaveLength(1);
	});

	test('identifies the others if a service refuses one, and names that user and the reason', async () => {
		const { sandbox } = workbench();
		sandbox.misbehave({
			provider: 'simondata',
			when: { userId: 'grace' },
			times: 'always',
			do: { status: 400, body: { error: 'Invalid JSON body' } },
		});
		const execution = await draft.execute('Every night');

		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toMatch(
			/^Simon Data didn’t accept 1 of 3 customers\. First error \(grace\): .*Invalid JSON body/,
		);
		expect(sandbox.records('simondata').map(({ user }) => user)).toEqual(['ada', 'hedy']);
		expect(sandbox.records('suprsend')).toHaveLength(3);
	});

	test('creates the example once', async () => {
		await draft.execute('Create example table');
		await draft.execute('Every night');

		expect(workbench().sandbox.records('simondata')).toHaveLength(3);
	});

	test('skips users that have not changed since the last run', async () => {
		const everySecond = (workflow: Workflow) =>
			JSON.parse(JSON.stringify(workflow).replace('{ days: 1 }', '{ seconds: 1 }')) as Workflow;
		const impatient = await workbench().add(TEMPLATE, { change: everySecond });
		await sleep(1_100);
		const execution = await impatient.execute('Every night');

		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'Read changed customers')).toEqual([]);
		expect(workbench().sandbox.records()).toEqual([]);
	});
}
