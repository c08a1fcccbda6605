import type { HmacFormat } from './hmac';

const sha256OfBody = {
	algorithm: 'sha256',
	encoding: 'hex',
	signaturePrefix: '',
	template: '{body}',
	idHeader: '',
	timestampHeader: '',
	timestampPrefix: '',
} as const;

/** The signatures of well-known senders, each from its own documentation. */
export const hmacPresets = {
	/** https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries */
	github: {
		...sha256OfBody,
		name: 'github',
		signatureHeader: 'X-Hub-Signature-256',
		signaturePrefix: 'sha256=',
	},
	/** https://docs.stripe.com/webhooks?verify=verify-manually#verify-manually */
	stripe: {
		...sha256OfBody,
		name: 'stripe',
		signatureHeader: 'Stripe-Signature',
		signaturePrefix: 'v1=',
		template: '{timestamp}.{body}',
		timestampHeader: 'Stripe-Signature',
		timestampPrefix: 't=',
	},
	/** https://shopify.dev/docs/apps/build/webhooks/verify-deliveries */
	shopify: {
		...sha256OfBody,
		name: 'shopify',
		encoding: 'base64',
		signatureHeader: 'X-Shopify-Hmac-SHA256',
	},
	/** https://docs.customer.io/api/webhooks/#section/Securely-Verifying-Requests */
	customerIo: {
		...sha256OfBody,
		name: 'customer-io',
		signatureHeader: 'X-CIO-Signature',
		template: 'v0:{timestamp}:{body}',
		timestampHeader: 'X-CIO-Timestamp',
	},
	/**
	 * The default mode. The key is the whole secret, including `whsec_`. The other mode is Standard Webhooks.
	 * https://hookdeck.com/docs/outpost/guides/verify-webhook-signatures
	 */
	outpost: {
		...sha256OfBody,
		name: 'outpost',
		signatureHeader: 'X-Outpost-Signature',
		signaturePrefix: 'v0=',
	},
} as const satisfies Record<string, HmacFormat>;

export type HmacPreset = keyof typeof hmacPresets;
