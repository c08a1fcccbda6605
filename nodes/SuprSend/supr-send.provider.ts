import { isGiven, masked, type CredentialContent, type Provider } from '../shared';
import { cancel as cancelBroadcast } from './actions/broadcast/cancel.operation';
import { send as sendBroadcast } from './actions/broadcast/send.operation';
import { send, sendMany } from './actions/event/send.operation';
import { addUsers, removeUsers } from './actions/list/change-users.operation';
import * as lists from './actions/list/lists.operation';
import { replaceUsers } from './actions/list/replace-users.operation';
import { getMany as getManyMessages } from './actions/message/get-many.operation';
import { updateStatus } from './actions/message/update-status.operation';
import * as objects from './actions/object/objects.operation';
import {
	addSubscription,
	getSubscriptions,
	removeSubscription,
} from './actions/object/subscriptions.operation';
import * as preferences from './actions/preference/preference.operation';
import * as templates from './actions/template/templates.operation';
import * as tenants from './actions/tenant/get.operation';
import { getManyPreferences, getPreferences, updatePreference } from './actions/tenant/preferences.operation';
import { upsert as upsertTenant } from './actions/tenant/upsert.operation';
import * as tenantUsers from './actions/tenantUser/tenant-user.operation';
import { deleteMany, deleteOne } from './actions/user/delete.operation';
import { edit } from './actions/user/edit.operation';
import * as users from './actions/user/get.operation';
import { identify, identifyMany } from './actions/user/identify.operation';
import { merge } from './actions/user/merge.operation';
import { cancel as cancelWorkflow } from './actions/workflow/cancel.operation';
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
		...[identify, identifyMany, edit, users.get, users.getMany, users.getLists, users.getObjects],
		...[users.getTenants, merge, deleteOne, deleteMany],
		...[preferences.get, preferences.getMany, preferences.update],
		...[preferences.updateMany, preferences.resetMany],
		...[trigger, triggerMany, cancelWorkflow],
		...[getManyMessages, updateStatus],
		...[addUsers, removeUsers, replaceUsers, lists.getUsers],
		...[lists.upsert, lists.get, lists.getMany, lists.deleteOne],
		...[upsertTenant, tenants.get, tenants.getMany, tenants.deleteOne],
		...[getPreferences, getManyPreferences, updatePreference],
		...[tenantUsers.upsert, tenantUsers.edit, tenantUsers.get, tenantUsers.unlink],
		...[objects.upsert, objects.edit, objects.get, objects.getMany, objects.deleteOne, objects.deleteMany],
		...[addSubscription, getSubscriptions, removeSubscription, objects.getParents],
		...[objects.getPreferences, objects.getManyPreferences, objects.updatePreferences],
		...[sendBroadcast, cancelBroadcast],
		...[templates.get, templates.getMany],
	],
	readCredential({ authentication, apiKey, workspaceKey, workspaceSecret }): CredentialContent {
		// The form keeps the values of both methods when the user switches between them.
		const secrets = [apiKey, workspaceSecret].filter(isGiven).map(String);
		if (authentication === 'apiKey') {
			const account = { workspaceKey: isGiven(workspaceKey) ? String(workspaceKey) : undefined };
			return { secrets, shownHeaders: { Authorization: `Bearer ${masked}` }, account };
		}
		const env = String(workspaceKey);
		if (env.length < shortestWorkspaceKey) {
			throw new Error(
				`The 'Workspace Key' in the SuprSend credential is shorter than ${shortestWorkspaceKey} characters`,
			);
		}
		return {
			secrets,
			signatureFollows: `${env}:`,
			shownHeaders: { Date: new Date().toUTCString(), Authorization: `${env}:${masked}` },
			// Signed events name their workspace.
			account: { env, workspaceKey: env },
		};
	},
	explain,
};
