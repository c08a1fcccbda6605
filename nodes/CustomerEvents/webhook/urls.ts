import type { IWebhookDescription, IWebhookFunctions } from 'n8n-workflow';
import { sdkPaths } from '../../shared/formats';

/**
 * Has no expressions, since n8n would evaluate those of all paths at each request. The URL starts with the node's
 * webhook ID, so it is unique and users don't have to choose a path.
 */
const webhook = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: 'onReceived',
	// Replies with the result of `webhook()` instead of the first item.
	responseData: '',
} as const;

/** An empty full path gives the webhook ID alone: `/webhook/<id>`. */
export const baseUrl: IWebhookDescription = { ...webhook, path: '', isFullPath: true };

export const urlsOfSdks: IWebhookDescription[] = sdkPaths.map((path) => ({
	...webhook,
	path,
	ndvHideUrl: true,
}));

/** Returns the part of the request's path that the SDK appended, e.g. `v1/batch`; empty for the base path. */
export function subPathOf(context: IWebhookFunctions): string {
	const { webhookId = '' } = context.getNode();
	const { path } = context.getRequestObject();
	return path.slice(path.indexOf(webhookId) + webhookId.length).replace(/^\/|\/$/g, '');
}
