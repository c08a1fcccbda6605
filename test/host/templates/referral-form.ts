import { outputOf } from '../n8n-client';
import type { Workbench } from './workbench';

const TEMPLATE = 'form-to-rehook-referral';

export function referralForm(workbench: () => Workbench): void {
	const submit = async (code: string) => {
		const draft = await workbench().add(TEMPLATE);
		const given = { Email: 'ada@example.com', Name: 'Ada Lovelace', 'Referral Code': code };
		return await draft.execute('Receive sign-up form', { given });
	};
	const sent = () =>
		workbench()
			.sandbox.records('rehook')
			.map(({ body }) => body);

	test('creates the friend as a customer, and counts the referral', async () => {
		const execution = await submit('KMN6457');

		expect(execution.status).toBe('success');
		expect(sent()).toEqual([
			{ source_id: 'ada@example.com', metadata: { name: 'Ada Lovelace' } },
			{ event_name: 'signup', source_id: 'ada@example.com', metadata: { referral_code: 'KMN6457' } },
		]);
	});

	test('sets an unknown code aside, and sends nothing', async () => {
		const execution = await submit('NOBODYS');

		expect(sent()).toEqual([]);
		expect(outputOf(execution, 'Review unknown codes').map(({ json }) => json)).toMatchObject([
			{ 'Referral Code': 'NOBODYS', error: { reason: { code: 'not_found' } } },
		]);
	});
}
