import type { SenderPreset } from './preset';

/**
 * https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/
 */
export const mailchimp: SenderPreset = {
	name: 'mailchimp',
	displayName: 'Mailchimp',
	// It doesn't sign: its documentation says to put a secret into the URL.
	description:
		"Mailchimp's webhooks of an audience. Not signed: add ?writeKey= and your write key to the URL.",
	paths: {
		event: 'type',
		userId: 'data.email, data.new_email, data.id',
		timestamp: 'fired_at',
		properties: 'data',
	},
};
