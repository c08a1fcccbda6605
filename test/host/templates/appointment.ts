import { outputOf } from '../n8n-client';
import type { Workbench } from './workbench';

const TEMPLATE = 'appointment-to-embeddables';

const appointment = (id: string, email: string, event = 'appointment.completed') => ({
	event,
	patient: { email },
	appointment: {
		id,
		ended_at: '2026-02-01T10:30:00+01:00',
		type: 'check-up',
		location: 'Utrecht',
		notes: 'private',
	},
});

export function appointmentCompleted(workbench: () => Workbench): void {
	test('sends a completed appointment as Embeddables’ guide shows it, without private data', async () => {
		const { sandbox } = workbench();
		const published = await workbench().publish(TEMPLATE);
		await published.post(appointment('a-1', 'ada@example.com'));

		expect(sandbox.records('embeddables').map(({ body }) => body)).toEqual([
			{
				embeddable_id: 'flow_myexampleflow',
				timestamp: '2026-02-01T09:30:00.000Z',
				custom_event_name: 'appointment_completed',
				custom_event_props: '{"type":"check-up","location":"Utrecht"}',
				identifiers: [{ key: 'email', value: '"ada@example.com"' }],
			},
		]);
	});

	test('skips an appointment that is only booked, and sets aside one of an unknown person', async () => {
		const { sandbox } = workbench();
		const published = await workbench().publish(TEMPLATE);
		const execution = await published.post([
			appointment('a-1', 'ada@example.com', 'appointment.booked'),
			appointment('a-2', 'unknown@example.com'),
		]);

		expect(sandbox.records('embeddables')).toEqual([]);
		expect(outputOf(execution, 'Review failed events').map(({ json }) => json)).toMatchObject([
			{ userId: 'unknown@example.com', error: { reason: { code: 'not_found' } } },
		]);
	});

	test('runs the sample', async () => {
		const draft = await workbench().add(TEMPLATE);
		await draft.execute('Try with sample appointment');

		expect(
			workbench()
				.sandbox.records('embeddables')
				.map(({ name, user }) => [name, user]),
		).toEqual([['appointment_completed', 'ada@example.com']]);
	});
}
