import type { SenderPreset } from './preset';

/**
 * https://hookdeck.com/docs/outpost/guides/verify-webhook-signatures
 * https://hookdeck.com/docs/outpost/destinations/webhook
 */
export const outpost: SenderPreset = {
	name: 'outpost',
	displayName: 'Hookdeck Outpost',
	description: 'Webhooks that Hookdeck Outpost delivers',
	// The default mode. The key is the whole secret, including `whsec_`. The other mode is Standard Webhooks.
	signature: { scheme: 'hmac', signatureHeader: 'X-Outpost-Signature', signaturePrefix: 'v0=' },
	secretHint:
		"The webhook destination's signing secret. Outpost must sign in its default mode, not in Standard Webhooks mode.",
	isRelay: true,
	paths: {
		event: 'header:x-outpost-topic',
		messageId: 'header:x-outpost-event-id',
		timestamp: 'header:x-outpost-timestamp',
		userId: 'user_id, userId, customer_id, customerId',
	},
};
