import type { SenderPreset } from './preset';

/**
 * https://developers.intercom.com/docs/webhooks
 * https://developers.intercom.com/docs/references/webhooks/webhook-models
 */
export const intercom: SenderPreset = {
	name: 'intercom',
	displayName: 'Intercom',
	description: "Intercom's webhooks: contacts, conversations, tickets",
	signature: {
		scheme: 'hmac',
		signatureHeader: 'X-Hub-Signature',
		signaturePrefix: 'sha1=',
		algorithm: 'sha1',
	},
	secretHint: "The client secret from the app's Basic Information page",
	paths: {
		event: 'topic',
		messageId: 'id',
		userId:
			'data.item.contact.external_id, data.item.contact.id, data.item.contacts.contacts[0].external_id, data.item.contacts.contacts[0].id, data.item.source.author.id, data.item.user.user_id, data.item.user.id',
		timestamp: 'created_at',
		properties: 'data.item',
	},
	userIdByEvent: {
		'contact.*': 'data.item.external_id, data.item.id',
		'user.*': 'data.item.user_id, data.item.id',
	},
};
