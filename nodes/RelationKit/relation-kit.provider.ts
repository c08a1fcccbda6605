import { asSummary, manyEvents, masked, type Provider } from '../shared';
import { identify } from './actions/customer/identify.operation';
import { send } from './actions/event/send.operation';

/**
 * RelationKit, https://help.relationkit.io/articles/89-how-to-send-a-custom-event. The article shows two
 * requests and no responses, so any response with a 2xx status counts as a success.
 */
export const relationKit: Provider = {
	displayName: 'RelationKit',
	credentialType: 'relationKitApi',
	nameFormat: 'kebabCase',
	operations: [
		send,
		asSummary(send, manyEvents),
		identify,
		asSummary(identify, {
			action: 'Identify many customers',
			description: 'Create or update a customer for every input item and return one summary',
		}),
	],
	readCredential: ({ apiToken }) => ({
		secrets: [String(apiToken)],
		shownHeaders: { Authorization: `Bearer ${masked}` },
	}),
};
