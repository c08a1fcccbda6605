import type { SenderPreset } from './preset';

/**
 * https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 * https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event
 */
export const sendgrid: SenderPreset = {
	name: 'sendgrid',
	displayName: 'SendGrid',
	description: "SendGrid's Event Webhook: delivered, open, click, bounce",
	signature: {
		scheme: 'ecdsa',
		signatureHeader: 'X-Twilio-Email-Event-Webhook-Signature',
		timestampHeader: 'X-Twilio-Email-Event-Webhook-Timestamp',
	},
	secretHint: 'The verification key that SendGrid shows after you turn on Signed Event Webhook',
	header: 'x-twilio-email-event-webhook-signature',
	paths: {
		event: 'event',
		messageId: 'sg_event_id',
		userId: 'user_id, userId, email',
		timestamp: 'timestamp',
	},
};
