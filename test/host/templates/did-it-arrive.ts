import { outputOf, type Workflow } from '../n8n-client';
import type { Workbench } from './workbench';

const TEMPLATE = 'did-it-arrive';

const order = {
	type: 'track',
	event: 'Order Completed',
	userId: 'ada',
	messageId: 'order-1',
	properties: { order_id: 'o-1', total: 42.5 },
};

export function didItArrive(workbench: () => Workbench): void {
	const change = (workflow: Workflow) => ({
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.name === 'Wait for delivery' ? { ...node, parameters: { amount: 1, unit: 'seconds' } } : node,
		),
	});
	const publish = async () => await workbench().publish(TEMPLATE, { change });
	const triggered = () =>
		workbench()
			.sandbox.records('suprsend', 'workflow')
			.map(({ body }) => (body as { workflow: string }).workflow);
	const answerWith = (results: object[]) =>
		workbench().sandbox.misbehave({
			provider: 'suprsend',
			path: '/v1/message/',
			times: 'always',
			do: { status: 200, body: { meta: { count: results.length, has_next: false }, results } },
		});

	test('sends nothing more when the receipt was delivered', async () => {
		const execution = await (await publish()).post(order);

		expect(triggered()).toEqual(['order-receipt']);
		expect(outputOf(execution, 'Finish delivered orders')).toHaveLength(1);
	});

	test('runs the sample, also when the receipt was not delivered', async () => {
		const draft = await workbench().add(TEMPLATE, { change });
		await draft.execute('Try with sample order');
		answerWith([]);
		const execution = await draft.execute('Try with sample order');

		expect(execution.status).toBe('success');
		// A second try is no repetition.
		expect(triggered()).toEqual(['order-receipt', 'order-receipt', 'order-receipt-sms']);
		const { records } = workbench().sandbox;
		expect(records('suprsend', 'workflow')[2]?.body).toMatchObject({
			recipients: ['ada'],
			data: { total: 42.5 },
		});
	});

	test.each([
		['was not delivered', [{ message_id: 'm', status: 'delivery_failed' }]],
		['has no message', []],
	])('sends an SMS when the receipt %s', async (_, messages) => {
		const published = await publish();
		answerWith(messages);
		await published.post(order);

		expect(triggered()).toEqual(['order-receipt', 'order-receipt-sms']);
		const { records } = workbench().sandbox;
		expect(records('suprsend', 'workflow')[1]?.body).toMatchObject({
			recipients: ['ada'],
			data: { order_id: 'o-1', total: 42.5 },
		});
	});
}
