import type { Provider } from '../shared/delivery';
import { isObject } from '../shared/event';
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
	/** Its services answer `{code, message}`, `{status, message}` or plain text. */
	explain({ body }) {
		if (typeof body === 'string') return { message: body };
		return isObject(body) && typeof body.message === 'string' ? { message: body.message } : {};
	},
};
