import { isGiven, masked, type CredentialContent, type Provider } from '../shared';
import { send, sendMany } from './actions/event/send.operation';
import { addUsers, removeUsers } from './actions/list/change-users.operation';
import { upsert } from './actions/tenant/upsert.operation';
import { edit } from './actions/user/edit.operation';
import { deleteOne, get } from './actions/user/get.operation';
import { identify, identifyMany } from './actions/user/identify.operation';
import { trigger, triggerMany } from './actions/workflow/trigger.operation';
import { explain } from './explain';

/** SuprSend's own SDKs reject a shorter key (@suprsend/node-sdk 1.15.1). */
const shortestWorkspaceKey = 20;

/** SuprSend, https://docs.suprsend.com: users, the events and workflows that notify them, lists and tenants. */
export const suprSend: Provider = {
	displayName: 'SuprSend',
	credentialType: 'suprSendApi',
	nameFormat: 'asIs',
	operations: [
		...[send, sendMany],
		...[identify, identifyMany, edit, get, deleteOne],
		...[trigger, triggerMany],
		...[addUsers, removeUsers],
		upsert,
	],
	readCredential({ authentication, apiKey, workspaceKey, workspaceSecret }): CredentialContent {
		// The form keeps the values of both methods when the user switches between them.
		const secrets = [apiKey, workspaceSecret].filter(isGiven).map(String);
		if (authentication === 'apiKey') {
			return { secrets, shownHeaders: { Authorization: `Bearer ${masked}` } };
		}
		const env = String(workspaceKey);
		if (env.length < shortestWorkspaceKey) {
			throw new Error(
				`The 'Workspace Key' of the SuprSend credential is shorter than ${shortestWorkspaceKey} characters`,
			);
		}
		return {
			secrets,
			signatureFollows: `${env}:`,
			shownHeaders: { Date: new Date().toUTCString(), Authorization: `${env}:${masked}` },
			// Signed events name their workspace.
			account: { env },
		};
	},
	explain,
};
