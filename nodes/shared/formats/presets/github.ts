import type { SenderPreset } from './preset';

/**
 * https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers
 */
export const github: SenderPreset = {
	name: 'github',
	displayName: 'GitHub',
	description: "GitHub's webhooks: pushes, issues, stars",
	signature: {
		scheme: 'hmac',
		signatureHeader: 'X-Hub-Signature-256',
		signaturePrefix: 'sha256=',
	},
	secretHint: "The secret from the webhook's settings",
	header: 'x-github-event',
	paths: {
		event: 'header:x-github-event',
		messageId: 'header:x-github-delivery',
		userId: 'sender.id',
	},
	eventDetail: 'action',
};
