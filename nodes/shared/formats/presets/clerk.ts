import type { SenderPreset } from './preset';

/**
 * https://clerk.com/docs/guides/development/webhooks/overview
 */
export const clerk: SenderPreset = {
	name: 'clerk',
	displayName: 'Clerk',
	description: "Clerk's webhooks, sent by Svix: users, sessions, organizations",
	signature: { scheme: 'standard-webhooks' },
	secretHint: "The endpoint's signing secret, which starts with whsec_",
	paths: {
		event: 'type',
		messageId: 'header:svix-id, header:webhook-id',
		userId: 'data.user_id, data.public_user_data.user_id, data.created_by',
		timestamp: 'timestamp',
		properties: 'data',
	},
	// `data` is what the event is about. Its ID is that of the user only in these.
	userIdByEvent: { 'user.*': 'data.id' },
};
