import type { SenderPreset } from './preset';

/**
 * https://docs.stripe.com/webhooks?verify=verify-manually#verify-manually
 * https://docs.stripe.com/api/events/object
 */
export const stripe: SenderPreset = {
	name: 'stripe',
	displayName: 'Stripe',
	description: "Stripe's events: payments, invoices, subscriptions",
	signature: {
		scheme: 'hmac',
		signatureHeader: 'Stripe-Signature',
		signaturePrefix: 'v1=',
		template: '{timestamp}.{body}',
		timestampHeader: 'Stripe-Signature',
		timestampPrefix: 't=',
	},
	secretHint: "The webhook endpoint's signing secret, not an API key",
	header: 'stripe-signature',
	paths: {
		event: 'type',
		messageId: 'id',
		// Guests have no customer.
		userId:
			'data.object.customer, data.object.customer.id, data.object.client_reference_id, data.object.customer_details.email, data.object.customer_email, data.object.receipt_email, data.object.billing_details.email',
		timestamp: 'created',
		properties: 'data.object',
	},
	userIdByEvent: {
		'customer.created': 'data.object.id',
		'customer.updated': 'data.object.id',
		'customer.deleted': 'data.object.id',
	},
};
