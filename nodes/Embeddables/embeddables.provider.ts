import { many, masked, type Provider } from '../shared/delivery';
import { getMany } from './actions/entry/get-many.operation';
import { send } from './actions/event/send.operation';
import { identify } from './actions/user/identify.operation';
import { explain } from './explain';

/**
 * Embeddables, https://docs.embeddables.com: one endpoint that takes a custom event for a person who has filled
 * in an embeddable. There is none for people, so identifying somebody is such an event, too.
 */
export const embeddables: Provider = {
	displayName: 'Embeddables',
	credentialType: 'embeddablesApi',
	nameFormat: 'snakeCase',
	operations: [send, many(send, 'sendMany'), identify, many(identify, 'identifyMany'), getMany],
	readCredential({ apiKey, projectId }) {
		const project = String(projectId).trim();
		if (project === '' || project === '.' || project === '..') {
			throw new Error("The 'Project ID' of the Embeddables credential is missing, e.g. pr_myexampleproject");
		}
		return {
			secrets: [String(apiKey)],
			shownHeaders: { 'X-Api-Key': masked },
			facts: { projectId: project },
		};
	},
	explain,
};
