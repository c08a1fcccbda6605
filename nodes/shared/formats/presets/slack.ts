import type { SenderPreset } from './preset';

/**
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 * https://docs.slack.dev/apis/events-api/
 */
export const slack: SenderPreset = {
	name: 'slack',
	displayName: 'Slack',
	description: "Slack's Events API: messages, reactions, new members",
	signature: {
		scheme: 'hmac',
		signatureHeader: 'X-Slack-Signature',
		signaturePrefix: 'v0=',
		template: 'v0:{timestamp}:{body}',
		timestampHeader: 'X-Slack-Request-Timestamp',
	},
	secretHint: "The signing secret from the app's Basic Information page",
	header: 'x-slack-signature',
	paths: {
		event: 'event.type, type',
		messageId: 'event_id',
		userId: 'event.user.id, event.user, event.message.user, user.id, user_id',
		timestamp: 'event_time',
		properties: 'event',
	},
};
