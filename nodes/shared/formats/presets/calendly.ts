import type { SenderPreset } from './preset';

/**
 * https://developer.calendly.com/docs/webhooks/overview
 */
export const calendly: SenderPreset = {
	name: 'calendly',
	displayName: 'Calendly',
	description: "Calendly's webhooks: bookings and cancellations",
	signature: {
		scheme: 'hmac',
		signatureHeader: 'Calendly-Webhook-Signature',
		signaturePrefix: 'v1=',
		template: '{timestamp}.{body}',
		timestampHeader: 'Calendly-Webhook-Signature',
		timestampPrefix: 't=',
	},
	secretHint: 'The signing key that you chose when you created the webhook subscription',
	header: 'calendly-webhook-signature',
	paths: {
		event: 'event',
		userId: 'payload.email',
		timestamp: 'created_at',
		properties: 'payload',
	},
};
