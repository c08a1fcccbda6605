import { masked, type CredentialContent, type Provider } from '../shared/delivery';
import { isGiven } from '../shared/event';
import { send, sendMany } from './actions/event/send.operation';
import { addUsers } from './actions/list/add-users.operation';
import { removeUsers } from './actions/list/remove-users.operation';
import { upsert } from './actions/tenant/upsert.operation';
import { deleteOne } from './actions/user/delete.operation';
import { edit } from './actions/user/edit.operation';
import { get } from './actions/user/get.operation';
import { identify, identifyMany } from './actions/user/identify.operation';
import { trigger, triggerMany } from './actions/workflow/trigger.operation';
import { explain } from './explain';

/** SuprSend's own SDKs refuse a shorter one (@suprsend/node-sdk 1.15.1). */
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
		// A form that was switched from one way to the other keeps what was entered for both.
		const secrets = [apiKey, workspaceSecret].filter(isGiven).map(String);
		if (authentication === 'apiKey') {
			return { secrets, shownHeaders: { Authorization: `Bearer ${masked}` }, facts: {} };
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
			// Signed events say which workspace they are for.
			facts: { env },
		};
	},
	explain,
};
