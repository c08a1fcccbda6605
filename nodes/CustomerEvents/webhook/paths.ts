import type { IWebhookDescription } from 'n8n-workflow';
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
export const basePath: IWebhookDescription = { ...webhook, path: '', isFullPath: true };

export const pathsOfSdks: IWebhookDescription[] = sdkPaths.map((path) => ({
	...webhook,
	path,
	ndvHideUrl: true,
}));
