import type { SenderPreset } from './preset';

/**
 * https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/
 */
export const mailchimp: SenderPreset = {
	name: 'mailchimp',
	displayName: 'Mailchimp',
	// It doesn't sign: its documentation says to put a secret into the URL.
	description:
		"Mailchimp's audience webhooks, which are not signed. Add ?writeKey= and your write key to the URL.",
	paths: {
		event: 'type',
		userId: 'data.email, data.new_email',
		timestamp: 'fired_at',
		properties: 'data',
	},
	// `data.id` is that of a person only in these.
	userIdByEvent: {
		subscribe: 'data.email, data.id',
		unsubscribe: 'data.email, data.id',
		profile: 'data.email, data.id',
		upemail: 'data.new_email, data.new_id',
		cleaned: 'data.email, data.id',
	},
};
