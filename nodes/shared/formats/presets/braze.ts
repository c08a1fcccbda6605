import type { SenderPreset } from './preset';

/**
 * https://www.braze.com/docs/user_guide/data/distribution/braze_currents/setting_up_currents/custom_http_connector/
 * https://www.braze.com/docs/currents_connector/ has the fields of each event.
 */
export const braze: SenderPreset = {
	name: 'braze',
	displayName: 'Braze',
	// It doesn't sign: it sends a bearer token of your choice in Authorization.
	description:
		"Braze Currents' custom HTTP connector, whose requests are not signed. Choose Header in the credential.",
	paths: {
		events: 'events',
		event: 'event_type',
		messageId: 'id',
		userId: 'user.external_user_id, user.user_id',
		timestamp: 'time',
		properties: 'properties',
	},
};
