import { many, masked, type Provider } from '../../../../nodes/shared/delivery';
import { send } from './actions/event/send.operation';

/** A service that does not exist: what it takes to add one. */
export const beacon: Provider = {
	displayName: 'Beacon',
	credentialType: 'beaconApi',
	nameFormat: 'snakeCase',
	operations: [send, many(send, 'sendMany')],
	readCredential: ({ apiKey }) => ({
		secrets: [String(apiKey)],
		shownHeaders: { 'X-Beacon-Key': masked },
		facts: {},
	}),
};
