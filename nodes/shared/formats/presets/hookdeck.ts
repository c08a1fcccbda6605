import type { SenderPreset } from './preset';

/**
 * https://hookdeck.com/docs/authentication#hookdeck-webhook-signature-verification
 * https://hookdeck.com/docs/destinations#headers
 */
export const hookdeck: SenderPreset = {
	name: 'hookdeck',
	displayName: 'Hookdeck Event Gateway',
	description: 'Requests that the Hookdeck Event Gateway forwards from other senders',
	signature: { scheme: 'hmac', signatureHeader: 'X-Hookdeck-Signature', encoding: 'base64' },
	secretHint: "Your Hookdeck project's signing secret",
	isRelay: true,
	paths: {
		messageId: 'header:x-hookdeck-eventid',
		userId: 'user_id, userId, customer_id, customerId',
	},
};
