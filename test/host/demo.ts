import { startSandbox, type Sandbox } from '../sandbox';
import { credentials as accepted } from '../sandbox/credentials';
import type { Credential } from './n8n-client';
import { startN8n, type N8nOptions, type RunningN8n } from './n8n-process';
import { freePort } from './ports';
import { loadTemplate, webhookPathOf } from './templates';

/** n8n with this package in it, its templates published, and every provider played by the sandbox. */
export interface Demo {
	n8n: RunningN8n;
	sandbox: Sandbox;
	/** Where senders post single events and batches of any shape. */
	webhookUrl: string;
	/** What Segment's SDKs are told. */
	segment: { host: string; path: string; writeKey: string };
	stop(): Promise<void>;
}

export interface DemoOptions extends Omit<N8nOptions, 'credentials' | 'workflows' | 'webhooks'> {
	sandboxPort?: number;
}

const WRITE_KEY = 'demo-write-key-no-secret';

export async function startDemo({ sandboxPort, ...options }: DemoOptions): Promise<Demo> {
	const sandbox = await startSandbox({ port: await freePort(sandboxPort) });
	try {
		const credentials = demoCredentials(sandbox);
		const workflow = loadTemplate('segment-to-relationkit-and-suprsend', credentials);
		const path = webhookPathOf(workflow);
		const batchPath = `${path}/v1/batch`;
		const webhooks = [path, batchPath];
		const n8n = await startN8n({ ...options, credentials, workflows: [workflow], webhooks });
		return {
			n8n,
			sandbox,
			webhookUrl: n8n.url + path,
			segment: { host: n8n.url, path: batchPath, writeKey: WRITE_KEY },
			stop: async () => {
				await n8n.stop();
				await sandbox.close();
			},
		};
	} catch (error) {
		await sandbox.close();
		throw error;
	}
}

export function demoCredentials(sandbox: Sandbox): Credential[] {
	const { apiKey, workspaceKey, workspaceSecret } = accepted.suprsend;
	return [
		{
			name: 'Demo write key',
			type: 'customerEventsWebhookApi',
			data: { scheme: 'writeKey', writeKeySecret: WRITE_KEY },
		},
		{
			name: 'RelationKit sandbox',
			type: 'relationKitApi',
			data: { apiToken: accepted.relationkit.apiToken, baseUrl: sandbox.baseUrl('relationkit') },
		},
		{
			name: 'SuprSend sandbox',
			type: 'suprSendApi',
			data: {
				authentication: 'workspace',
				workspaceKey,
				workspaceSecret,
				apiKey,
				baseUrl: sandbox.baseUrl('suprsend'),
			},
		},
	];
}
