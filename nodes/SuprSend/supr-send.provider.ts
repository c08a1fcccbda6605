import { many, masked, type CredentialContent, type Provider } from '../shared/delivery';
import { send } from './actions/event/send.operation';

/** SuprSend's own SDKs refuse a shorter one (@suprsend/node-sdk 1.15.1). */
const shortestWorkspaceKey = 20;

/** SuprSend, https://docs.suprsend.com: events go to `POST /event/`, one as an object or many as an array. */
export const suprSend: Provider = {
	displayName: 'SuprSend',
	credentialType: 'suprSendApi',
	nameFormat: 'asIs',
	operations: [send, many(send, 'sendMany')],
	readCredential({ authentication, apiKey, workspaceKey, workspaceSecret }): CredentialContent {
		if (authentication === 'apiKey') {
			return { secrets: [String(apiKey)], shownHeaders: { Authorization: `Bearer ${masked}` }, facts: {} };
		}
		const env = String(workspaceKey);
		if (env.length < shortestWorkspaceKey) {
			throw new Error(
				`The 'Workspace Key' of the SuprSend credential is shorter than ${shortestWorkspaceKey} characters`,
			);
		}
		return {
			secrets: [String(workspaceSecret)],
			shownHeaders: { Date: new Date().toUTCString(), Authorization: `${env}:${masked}` },
			// Signed events say which workspace they are for.
			facts: { env },
		};
	},
};
