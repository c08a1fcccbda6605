import type { SenderPreset } from './preset';

/**
 * https://docs.customer.io/api/webhooks/#section/Securely-Verifying-Requests
 * https://docs.customer.io/api/webhooks/
 */
export const customerIo: SenderPreset = {
	name: 'customer-io',
	displayName: 'Customer.io',
	description: "Customer.io's reporting webhooks: sent, opened, clicked, unsubscribed",
	signature: {
		scheme: 'hmac',
		signatureHeader: 'X-CIO-Signature',
		template: 'v0:{timestamp}:{body}',
		timestampHeader: 'X-CIO-Timestamp',
	},
	secretHint: "The reporting webhook's signing key",
	header: 'x-cio-signature',
	paths: {
		event: 'object_type, event_type',
		messageId: 'event_id',
		userId: 'data.identifiers.id, data.customer_id, data.identifiers.email',
		timestamp: 'timestamp',
		properties: 'data',
	},
	eventDetail: 'metric',
};
