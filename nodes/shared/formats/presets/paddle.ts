import type { SenderPreset } from './preset';

/**
 * https://developer.paddle.com/webhooks/signature-verification
 * https://developer.paddle.com/webhooks/overview
 */
export const paddle: SenderPreset = {
	name: 'paddle',
	displayName: 'Paddle',
	description: "Paddle's notifications: transactions, subscriptions, customers",
	signature: {
		scheme: 'hmac',
		signatureHeader: 'Paddle-Signature',
		signaturePrefix: 'h1=',
		template: '{timestamp}:{body}',
		timestampHeader: 'Paddle-Signature',
		timestampPrefix: 'ts=',
	},
	secretHint: "The notification destination's secret key",
	header: 'paddle-signature',
	paths: {
		event: 'event_type',
		messageId: 'event_id',
		userId: 'data.customer_id',
		timestamp: 'occurred_at',
		properties: 'data',
	},
	userIdByEvent: { 'customer.*': 'data.id' },
};
