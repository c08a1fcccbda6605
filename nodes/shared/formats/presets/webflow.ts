import type { SenderPreset } from './preset';

/**
 * https://developers.webflow.com/data/docs/working-with-webhooks
 * https://developers.webflow.com/data/docs/working-with-webhooks#validating-request-signatures
 */
export const webflow: SenderPreset = {
	name: 'webflow',
	displayName: 'Webflow',
	description: "Webflow's webhooks: forms, orders, accounts",
	signature: {
		scheme: 'hmac',
		signatureHeader: 'X-Webflow-Signature',
		template: '{timestamp}:{body}',
		timestampHeader: 'X-Webflow-Timestamp',
	},
	secretHint: "The secret of a webhook that you created through the API, or the app's client secret",
	header: 'x-webflow-signature',
	paths: {
		event: 'triggerType',
		messageId: 'payload.id',
		// A form names its fields as its designer does.
		userId: 'payload.data.email, payload.data.Email, payload.customerInfo.email',
		timestamp: 'payload.submittedAt, payload.acceptedOn, header:x-webflow-timestamp',
		properties: 'payload',
	},
	// The ID is that of what an event is about, such as an entry that changes many times.
	messageIdDetails: ['triggerType', 'payload.submittedAt, payload.lastUpdated, header:x-webflow-timestamp'],
};
