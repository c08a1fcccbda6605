import type { SenderPreset } from './preset';

/**
 * https://woocommerce.com/document/webhooks/
 * https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks
 */
export const wooCommerce: SenderPreset = {
	name: 'woocommerce',
	displayName: 'WooCommerce',
	description: "WooCommerce's webhooks: orders, customers, products",
	signature: { scheme: 'hmac', signatureHeader: 'X-WC-Webhook-Signature', encoding: 'base64' },
	secretHint: "The webhook's secret",
	header: 'x-wc-webhook-topic',
	paths: {
		event: 'header:x-wc-webhook-topic',
		messageId: 'header:x-wc-webhook-delivery-id',
		userId: 'billing.email, email, customer_id',
		timestamp: 'date_modified_gmt, date_created_gmt',
	},
	userIdByEvent: { 'customer.*': 'email' },
	guestId: '0',
};
