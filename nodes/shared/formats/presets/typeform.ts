import type { SenderPreset } from './preset';

/**
 * https://www.typeform.com/developers/webhooks/secure-your-webhooks/
 * https://www.typeform.com/developers/webhooks/example-payload/
 */
export const typeform: SenderPreset = {
	name: 'typeform',
	displayName: 'Typeform',
	description: "Typeform's webhooks: answers to a form",
	signature: {
		scheme: 'hmac',
		signatureHeader: 'Typeform-Signature',
		signaturePrefix: 'sha256=',
		encoding: 'base64',
	},
	secretHint: "The secret from the webhook's settings",
	header: 'typeform-signature',
	paths: {
		event: 'event_type',
		messageId: 'event_id',
		// Forms have no user of their own: hidden fields carry who answers.
		userId: 'form_response.hidden.user_id, form_response.hidden.email, form_response.token',
		timestamp: 'form_response.submitted_at',
		properties: 'form_response',
	},
};
