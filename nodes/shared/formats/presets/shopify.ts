import type { SenderPreset } from './preset';

/**
 * https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
 * https://shopify.dev/docs/api/webhooks
 */
export const shopify: SenderPreset = {
	name: 'shopify',
	displayName: 'Shopify',
	description: "Shopify's webhooks: orders, customers, products",
	signature: { scheme: 'hmac', signatureHeader: 'X-Shopify-Hmac-SHA256', encoding: 'base64' },
	secretHint: "The app's client secret, or the signing secret that the store shows for its webhooks",
	header: 'x-shopify-topic',
	paths: {
		event: 'header:x-shopify-topic',
		messageId: 'header:x-shopify-event-id, header:x-shopify-webhook-id',
		userId: 'customer.id, customer_id, email, contact_email',
		timestamp: 'header:x-shopify-triggered-at, updated_at, created_at',
	},
	// What a merchant does can cause several topics, which share the event ID. A retry has both again.
	messageIdDetails: ['header:x-shopify-topic'],
	userIdByEvent: { 'customers/*': 'id' },
};
