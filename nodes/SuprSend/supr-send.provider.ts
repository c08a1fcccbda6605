import type { Provider } from '../shared/delivery';
import { send } from './actions/event/send.operation';

/** SuprSend, https://docs.suprsend.com: events go to `POST /event/`, one as an object or many as an array. */
export const suprSend: Provider = {
	displayName: 'SuprSend',
	credentialType: 'suprSendApi',
	nameFormat: 'asIs',
	operations: [send],
	readCredential: ({ authentication, apiKey, workspaceKey, workspaceSecret }) =>
		authentication === 'apiKey'
			? { secrets: [String(apiKey)], facts: {} }
			: // Signed events say which workspace they are for.
				{ secrets: [String(workspaceSecret)], facts: { env: String(workspaceKey) } },
};
