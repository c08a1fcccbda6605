import { outputOf } from '../n8n-client';
import type { Workbench } from './workbench';

const TEMPLATE = 'purchase-reward-and-receipt';

const order = (properties: object, messageId = 'order-1') => ({
	type: 'track',
	event: 'Order Completed',
	userId: 'grace',
	messageId,
	properties: { order_id: 'o-7', ...properties },
	context: { traits: { email: 'grace@example.com' } },
});

export function purchase(workbench: () => Workbench): void {
	test('credits the points of the sample order and sends a receipt that shows them', async () => {
		const { sandbox } = workbench();
		const draft = await workbench().add(TEMPLATE);
		const execution = await draft.execute('Try with sample order');

		expect(execution.status).toBe('success');
		expect(sandbox.records('rehook').map(({ kind, user, body }) => ({ kind, user, body }))).toEqual([
			{ kind: 'customer', user: 'ada', body: { source_id: 'ada' } },
			{ kind: 'credit', user: 'ada', body: { type: 'credit', points: 42, description: 'Order o-1' } },
		]);
		expect(sandbox.records('suprsend').map(({ body }) => body)).toEqual([
			{
				workflow: 'order-receipt',
				recipients: [{ distinct_id: 'ada', $email: ['ada@example.com'] }],
				data: { order_id: 'o-1', total: 42.5, currency: 'EUR', points: 42 },
				$idempotency_key: expect.stringMatching(/:order-receipt$/),
			},
		]);
	});

	test('published: credits orders of new users, ignores other events, and credits nothing for 0', async () => {
		const { sandbox } = workbench();
		const published = await workbench().publish(TEMPLATE);
		const execution = await published.post([
			order({ total: 9.99 }),
			{ ...order({ total: 50 }, 'm-2'), event: 'Order Refunded' },
			order({ total: 0.5 }, 'm-3'),
		]);

		expect(sandbox.records('rehook', 'credit').map(({ user, name }) => [user, name])).toEqual([
			['grace', '9 points'],
		]);
		// The node sends nothing for 0 points.
		expect(outputOf(execution, 'Review failed events')).toEqual([]);
		expect(sandbox.records('suprsend', 'workflow')).toMatchObject([
			{ body: { data: { total: 9.99, points: 9 } } },
			{ body: { data: { total: 0.5, points: 0 } } },
		]);
	});

	test('does not credit a wallet again that may have been credited, and says so', async () => {
		const { sandbox } = workbench();
		sandbox.misbehave({
			provider: 'rehook',
			path: '/wallets/customer/{source_id}/transactions/{wallet_id}',
			do: { reset: 'after-storing' },
		});
		const draft = await workbench().add(TEMPLATE);
		const execution = await draft.execute('Try with sample order');

		expect(sandbox.records('rehook', 'credit')).toHaveLength(1);
		expect(outputOf(execution, 'Review failed events').map(({ json }) => json)).toMatchObject([
			{ error: { operation: 'wallet:credit', reason: { mayHaveBeenReceived: true } } },
		]);
		expect(sandbox.records('suprsend', 'workflow')).toHaveLength(1);
	});
}
