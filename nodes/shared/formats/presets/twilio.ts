import type { SenderPreset } from './preset';

/**
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security
 * https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
 * https://www.twilio.com/docs/voice/twiml#request-parameters
 */
export const twilio: SenderPreset = {
	name: 'twilio',
	displayName: 'Twilio',
	description: "Twilio's status callbacks, calls and incoming messages",
	signature: {
		scheme: 'hmac',
		signatureHeader: 'X-Twilio-Signature',
		algorithm: 'sha1',
		encoding: 'base64',
		template: '{url}{form}',
	},
	secretHint:
		"The account's auth token. Twilio also signs the webhook URL, so enter the URL in Twilio exactly as the trigger shows it.",
	header: 'x-twilio-signature',
	paths: {
		event: 'EventType, MessageStatus, SmsStatus, CallStatus',
		messageId: 'header:i-twilio-idempotency-token',
		userId: 'To, Called',
	},
	// An incoming message is about who sent it.
	userIdByEvent: { received: 'From' },
	// So is an incoming call, whatever its status.
	userIdWhere: { path: 'Direction', value: 'inbound', userId: 'From, Caller' },
};
