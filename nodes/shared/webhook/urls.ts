import type { IWebhookDescription, IWebhookFunctions } from 'n8n-workflow';
import { sdkPaths } from '../formats';

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

/** For services that look whether the URL is there before they use it. */
export const setupUrls: IWebhookDescription[] = (['GET', 'HEAD'] as const).map((httpMethod) => ({
	...baseUrl,
	name: 'setup',
	httpMethod,
	ndvHideUrl: true,
}));

/** The second slash is for a URL that ends in one, to which the SDK adds another. n8n removes the first one itself. */
export const urlsOfSdks: IWebhookDescription[] = sdkPaths
	.flatMap((path) => [path, `//${path}`])
	.map((path) => ({ ...webhook, path, ndvHideUrl: true }));

/** Returns the part of the request's path that the SDK appended, e.g. `v1/batch`; empty for the base path. */
export function subPathOf(context: IWebhookFunctions): string {
	const { webhookId = '' } = context.getNode();
	const { path } = context.getRequestObject();
	const behindId: string = path.slice(path.indexOf(webhookId) + webhookId.length);
	return behindId
		.split('/')
		.filter((part) => part !== '')
		.join('/');
}

/**
 * Returns the URLs that the sender may have called, since some sign it: the one that n8n shows, and the one that the
 * request names. Behind a proxy, n8n knows the first only if it is set up with it.
 */
export function urlsOf(context: IWebhookFunctions): string[] {
	const request = context.getRequestObject() as ReturnType<IWebhookFunctions['getRequestObject']> & {
		originalUrl?: string;
	};
	const { headers, originalUrl = '' } = request;
	const shown = context.getNodeWebhookUrl('default') ?? '';
	const { webhookId = '' } = context.getNode();
	const behindId = originalUrl.slice(originalUrl.indexOf(webhookId) + webhookId.length);
	const protocol = headers['x-forwarded-proto'] ?? 'https';
	const host = headers['x-forwarded-host'] ?? headers.host ?? '';
	return [`${shown}${behindId}`, `${String(protocol)}://${String(host)}${originalUrl}`];
}
