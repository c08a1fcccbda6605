import { many, masked, type Provider } from '../shared/delivery';
import { identify } from './actions/customer/identify.operation';
import { send } from './actions/event/send.operation';

/**
 * RelationKit, https://help.relationkit.io/articles/89-how-to-send-a-custom-event. The article shows two
 * requests and nothing of the answers, so whatever status 2xx comes with is taken for success.
 */
export const relationKit: Provider = {
	displayName: 'RelationKit',
	credentialType: 'relationKitApi',
	nameFormat: 'kebabCase',
	operations: [send, many(send, 'sendMany'), identify, many(identify, 'identifyMany')],
	readCredential: ({ apiToken }) => ({
		secrets: [String(apiToken)],
		shownHeaders: { Authorization: `Bearer ${masked}` },
		facts: {},
	}),
};
