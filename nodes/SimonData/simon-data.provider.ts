import { asSummary, isGiven, manyEvents, masked, type Provider } from '../shared';
import { get } from './actions/contact/get.operation';
import { identify } from './actions/contact/identify.operation';
import { send } from './actions/event/send.operation';
import { environmentUrl } from './environments';
import { explain } from './explain';

/**
 * Simon Data's Event Ingestion API, https://docs.simondata.com/reference/event-ingestion-api: one endpoint for
 * everything, with the keys in the body and an empty response.
 */
export const simonData: Provider = {
	displayName: 'Simon Data',
	credentialType: 'simonDataApi',
	nameFormat: 'asIs',
	operations: [
		send,
		asSummary(send, manyEvents),
		identify,
		asSummary(identify, {
			action: 'Identify many contacts',
			description: 'Identify a contact for every input item and return one summary',
		}),
		get,
	],
	readCredential: ({ environment, partnerId, partnerSecret, audienceToken }) => ({
		secrets: [partnerSecret, audienceToken].filter(isGiven).map(String),
		shownHeaders: {},
		shownBody: { partnerId: String(partnerId), partnerSecret: masked },
		account: {
			environment: String(environment),
			audienceToken: isGiven(audienceToken) ? 'given' : undefined,
		},
		baseUrl: environmentUrl(environment),
	}),
	explain,
};
