import { outputOf, type Workflow } from '../n8n-client';
import type { Workbench } from './workbench';

const TEMPLATE = 'sheet-rows-to-suprsend-users';

export function sheetRows(workbench: () => Workbench): void {
	test('creates a user with an email and properties for each sample row', async () => {
		const draft = await workbench().add(TEMPLATE);
		const execution = await draft.execute('Start import');

		expect(execution.status).toBe('success');
		expect(
			workbench()
				.sandbox.records('suprsend', 'user')
				.map(({ user, body }) => [user, body]),
		).toMatchObject([
			['ada', { $email: ['ada@example.com'], name: 'Ada Lovelace', plan: 'pro' }],
			['grace', { $email: ['grace@example.com'], name: 'Grace Hopper', plan: 'free' }],
			['hedy', { $email: ['hedy@example.com'], name: 'Hedy Lamarr', plan: 'pro' }],
		]);
	});

	test('sets a row without an ID aside, and imports the others', async () => {
		const withoutId = ({ nodes, ...workflow }: Workflow): Workflow => ({
			...workflow,
			nodes: JSON.parse(
				JSON.stringify(nodes).replace("user_id: 'grace'", "user_id: ''"),
			) as Workflow['nodes'],
		});
		const draft = await workbench().add(TEMPLATE, { change: withoutId });
		const execution = await draft.execute('Start import');

		expect(
			workbench()
				.sandbox.records('suprsend', 'user')
				.map(({ user }) => user),
		).toEqual(['ada', 'hedy']);
		expect(outputOf(execution, 'Review failed rows').map(({ json }) => json)).toMatchObject([
			{ email: 'grace@example.com', error: { reason: { code: 'invalid_record' } } },
		]);
	});
}
