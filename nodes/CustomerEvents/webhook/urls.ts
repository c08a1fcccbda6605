import type { IWebhookDescription, IWebhookFunctions } from 'n8n-workflow';
import { sdkPaths } from '../../shared/formats';

/**
 * Static paths only: n8n evaluates every expression of every path on each request. The URL starts with
 * the node's webhook id, so it is unique without anybody choosing a path.
 */
const webhook = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: 'onReceived',
	// The reply is what `webhook()` returns, not the first item.
	responseData: '',
} as const;

/** An empty full path stands for the node's webhook id alone: `/webhook/<id>`. */
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
