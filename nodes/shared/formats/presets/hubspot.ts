import type { SenderPreset } from './preset';

/**
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
 * https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide#webhook-payloads
 */
export const hubspot: SenderPreset = {
	name: 'hubspot',
	displayName: 'HubSpot',
	description: "HubSpot's webhooks: contacts, companies, deals",
	signature: {
		scheme: 'hmac',
		signatureHeader: 'X-HubSpot-Signature-v3',
		encoding: 'base64',
		template: '{method}{url}{body}{timestamp}',
		timestampHeader: 'X-HubSpot-Request-Timestamp',
	},
	secretHint:
		"The app's client secret. HubSpot also signs the webhook URL, so enter the URL in HubSpot exactly as the trigger shows it.",
	header: 'x-hubspot-signature-v3',
	paths: {
		event: 'subscriptionType, eventType',
		messageId: 'eventId',
		userId: 'objectId, fromObjectId',
		timestamp: 'occurredAt',
	},
	// "This number is not guaranteed to be unique."
	messageIdDetails: ['subscriptionId, subscriptionType', 'objectId, fromObjectId', 'occurredAt'],
};
