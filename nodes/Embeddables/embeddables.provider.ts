import { asSummary, manyEvents, masked, type Provider } from '../shared';
import { getMany } from './actions/entry/get-many.operation';
import { getMany as getManyPageViews } from './actions/pageView/get-many.operation';
import { send } from './actions/event/send.operation';
import { identify } from './actions/user/identify.operation';
import { explain } from './explain';

/**
 * Embeddables, https://docs.embeddables.com: one endpoint, for custom events of users who have filled in an
 * embeddable. There is no endpoint for users, so Identify sends a custom event, too.
 */
export const embeddables: Provider = {
	displayName: 'Embeddables',
	credentialType: 'embeddablesApi',
	nameFormat: 'snakeCase',
	operations: [
		send,
		asSummary(send, manyEvents),
		identify,
		asSummary(identify, {
			action: 'Identify many users',
			description: "Send a user's traits for every input item and return one summary",
		}),
		getMany,
		getManyPageViews,
	],
	readCredential({ apiKey, projectId }) {
		const project = String(projectId).trim();
		if (project === '' || project === '.' || project === '..') {
			throw new Error("Enter the 'Project ID' in the Embeddables credential, e.g. pr_myexampleproject");
		}
		return {
			secrets: [String(apiKey)],
			shownHeaders: { 'X-Api-Key': masked },
			account: { projectId: project },
		};
	},
	explain,
};
