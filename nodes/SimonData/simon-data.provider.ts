import { many, masked, type Provider } from '../shared/delivery';
import { identify } from './actions/contact/identify.operation';
import { send } from './actions/event/send.operation';
import { addressOf } from './environments';
import { explain } from './explain';

/**
 * Simon Data's Event Ingestion API, https://docs.simondata.com/reference/event-ingestion-api: everything goes to
 * one address, keys included, and comes back with an empty answer.
 */
export const simonData: Provider = {
	displayName: 'Simon Data',
	credentialType: 'simonDataApi',
	nameFormat: 'asIs',
	operations: [send, many(send, 'sendMany'), identify, many(identify, 'identifyMany')],
	readCredential: ({ environment, partnerId, partnerSecret }) => ({
		secrets: [String(partnerSecret)],
		shownHeaders: {},
		shownBody: { partnerId: String(partnerId), partnerSecret: masked },
		facts: { environment: String(environment) },
		baseUrl: addressOf(environment),
	}),
	explain,
};
