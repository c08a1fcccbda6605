import { outputOf, type Credential } from '../n8n-client';
import type { Workbench } from './workbench';

const TEMPLATE = 'suprsend-status-to-simon';

/** The credential of the trigger. SuprSend signs nothing, but it can send a header. */
const header: Credential = {
	name: 'Delivery reports',
	type: 'customerEventsWebhookApi',
	data: { scheme: 'header', headerName: 'X-Reports', headerValueSecret: 'reports-header-not-real' },
};

/** The example in https://docs.suprsend.com/docs/outbound-webhook, for another user. */
const report = (distinct_id: string) => ({
	channel: 'whatsapp',
	channel_value: '+15555555555',
	distinct_id,
	event_type: 'status',
	reference: { idempotency_key: '44220630-d9ae-49f2-918e-0b2f6018cecf' },
	suprsend_status: { status: 'delivery_failed', timestamp: Date.now() - 60_000 },
	template: 'purchase-made',
	vendor_name: 'gupshup',
	vendor_response: { gupshup: { event_type: 'status' } },
	version: '1.0',
	workflow_name: 'Purchase Made',
});

export function deliveryReport(workbench: () => Workbench): void {
	test('sends a report as an event of the person whose email SuprSend knows', async () => {
		const { sandbox } = workbench();
		const published = await workbench().publish(TEMPLATE, { credentials: [header] });
		await published.post(report('ada'), { 'x-reports': 'reports-header-not-real' });

		expect(sandbox.records('simondata')).toMatchObject([
			{
				kind: 'event',
				body: {
					clientId: 'ada',
					traits: { email: 'ada@example.com', userId: 'ada' },
					event: 'custom',
					properties: {
						eventName: 'Notification Delivery Failed',
						properties: { channel: 'whatsapp', template: 'purchase-made', workflow: 'Purchase Made' },
					},
				},
			},
		]);
		expect(JSON.stringify(sandbox.records('simondata'))).not.toMatch(/15555555555|gupshup/);
	});

	test('refuses senders without the secret', async () => {
		const { n8n } = workbench();
		const published = await workbench().publish(TEMPLATE, {
			credentials: [{ ...header, name: 'Delivery reports 2' }],
		});

		await expect(published.post(report('ada'))).rejects.toThrow('401');
		expect(await n8n.executions({ workflowId: published.id })).toEqual([]);
	});

	test('runs the sample, and sets aside a user that SuprSend does not know', async () => {
		const { sandbox } = workbench();
		const draft = await workbench().add(TEMPLATE);
		await draft.execute('Try with sample report');
		expect(sandbox.records('simondata').map(({ name, user }) => [name, user])).toEqual([
			['Notification Delivered', 'ada@example.com'],
		]);

		const published = await workbench().publish(TEMPLATE);
		const execution = await published.post(report('nobody'));
		expect(sandbox.records('simondata')).toHaveLength(1);
		expect(outputOf(execution, 'Review failed reports').map(({ json }) => json)).toMatchObject([
			{ userId: 'nobody', error: { reason: { code: 'not_found' } } },
		]);
	});
}
