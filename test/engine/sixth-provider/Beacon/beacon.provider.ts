import { asSummary, manyEvents, masked, type Provider } from '../../../../nodes/shared';
import { send } from './actions/event/send.operation';

/** A made-up service that shows how to add one. */
export const beacon: Provider = {
	displayName: 'Beacon',
	credentialType: 'beaconApi',
	nameFormat: 'snakeCase',
	operations: [send, asSummary(send, manyEvents)],
	readCredential: ({ apiKey }) => ({
		secrets: [String(apiKey)],
		shownHeaders: { 'X-Beacon-Key': masked },
	}),
};
