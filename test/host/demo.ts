import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { difference, union } from 'lodash';
import { startSandbox, type Person, type ProviderName, type Sandbox } from '../sandbox';
import { credentials as accepted } from '../sandbox/credentials';
import type { Credential, Workflow } from './n8n-client';
import { startN8n, type N8nOptions, type RunningN8n } from './n8n-process';
import { freePort } from './ports';
import {
	loadTemplate,
	runnableTemplates,
	SAMPLE_CSV,
	webhookPathOf,
	withChoices,
	withCredentials,
	withWebhookId,
} from './templates/files';

/** n8n with this package, a published template, and a sandbox that plays every service. */
export interface Demo {
	n8n: RunningN8n;
	sandbox: Sandbox;
	/** URL of the published workflow in n8n's editor. */
	editorUrl: string;
	/** URL for single events and batches of any format. */
	webhookUrl: string;
	/** A command line that sends an event. */
	firstEvent: string;
	/** Settings for Segment's SDKs. */
	segment: { host: string; path: string; writeKey: string };
	stop(): Promise<void>;
}

export interface DemoOptions extends Omit<N8nOptions, 'credentials' | 'workflows' | 'webhooks'> {
	sandboxPort?: number;
	/** Adds all other templates, too, for people to try. */
	offerTemplates?: boolean;
}

/** The users in the first event and in the sample file. */
export const PEOPLE: readonly Person[] = [
	{ userId: 'ada', name: 'Ada Lovelace', email: 'ada@example.com' },
	{ userId: 'grace', name: 'Grace Hopper', email: 'grace@example.com' },
	{ userId: 'hedy', name: 'Hedy Lamarr', email: 'hedy@example.com' },
	{ userId: 'joan', name: 'Joan Clarke', email: 'joan@example.com' },
];

const DEMO = 'segment-to-relationkit-and-suprsend';
const WORKFLOW_ID = 'demo';
const WEBHOOK_ID = 'customer-events';
export const WRITE_KEY = 'demo-write-key-no-secret';
/** The header with which a sender proves itself. */
export const writeKeyHeader = { authorization: `Basic ${btoa(`${WRITE_KEY}:`)}` };

export async function startDemo({ sandboxPort, offerTemplates, ...options }: DemoOptions): Promise<Demo> {
	const template = withWebhookId(loadTemplate(DEMO), WEBHOOK_ID);
	const path = webhookPathOf(template);
	const batchPath = `${path}/v1/batch`;
	const port = await freePort(options.port);
	const firstEvent = firstEventCommand(`http://127.0.0.1:${port}${path}`);
	const sandbox = await startSandbox({
		port: await freePort(sandboxPort),
		hint: `Send a first event: ${firstEvent}`,
		people: PEOPLE,
	});
	try {
		const credentials = demoCredentials(sandbox);
		const n8n = await startN8n({ ...options, port });
		let workflowId: string;
		try {
			// The sandbox may have another address than last time.
			for (const credential of credentials) await n8n.putCredential(credential);
			workflowId = await addDemo(n8n, withCredentials(template, credentials));
			if ((await n8n.workflowState(workflowId)) === 'published') {
				for (const each of [path, batchPath]) await n8n.waitForWebhook(each);
			}
			if (offerTemplates) await addTemplates(n8n, credentials);
		} catch (error) {
			await n8n.stop();
			throw error;
		}
		return {
			n8n,
			sandbox,
			firstEvent,
			editorUrl: `${n8n.url}/workflow/${workflowId}`,
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

/** Adds the demo workflow, unless an earlier start did. Returns its ID, which n8n 1 chooses itself. */
async function addDemo(n8n: RunningN8n, workflow: Workflow): Promise<string> {
	const idFile = join(n8n.stateDir, 'demo-workflow');
	const earlierId = existsSync(idFile) ? await readFile(idFile, 'utf8') : WORKFLOW_ID;
	if ((await n8n.workflowState(earlierId)) !== 'missing') return earlierId;
	const id = await n8n.addWorkflow({ ...workflow, id: WORKFLOW_ID });
	await writeFile(idFile, id);
	return id;
}

/** Adds the other templates, ready to execute, and the file that one of them reads. Leaves out those it added before. */
async function addTemplates(n8n: RunningN8n, credentials: Credential[]): Promise<void> {
	const listFile = join(n8n.stateDir, 'templates-added.json');
	const added = existsSync(listFile) ? (JSON.parse(await readFile(listFile, 'utf8')) as string[]) : [DEMO];
	for (const name of difference(runnableTemplates(), added)) {
		await n8n.addDraft(withChoices(withCredentials(loadTemplate(name), credentials)));
	}
	await writeFile(listFile, JSON.stringify(union(added, runnableTemplates())));
	await putFile(n8n, SAMPLE_CSV, 'events.csv');
}

/** Copies a file to the folder that n8n's nodes may read. */
export async function putFile({ stateDir }: RunningN8n, file: string, name: string): Promise<void> {
	const folder = join(stateDir, 'home', '.n8n-files');
	await mkdir(folder, { recursive: true });
	await copyFile(file, join(folder, name));
}

function firstEventCommand(url: string): string {
	const event = { userId: 'ada', event: 'Order Completed', properties: { total: 42 } };
	return `curl -u ${WRITE_KEY}: ${url} -d '${JSON.stringify(event)}'`;
}

/** Returns a credential for each service, with the sandbox as its Base URL, and the write key of the senders. */
export function demoCredentials(sandbox: Pick<Sandbox, 'baseUrl'>): Credential[] {
	const forProvider = (title: string, type: string, provider: ProviderName, choices: object = {}) => ({
		name: `${title} sandbox`,
		type,
		data: { ...accepted[provider], ...choices, baseUrl: sandbox.baseUrl(provider) },
	});
	return [
		{
			name: 'Demo write key',
			type: 'customerEventsWebhookApi',
			data: { scheme: 'writeKey', writeKeySecret: WRITE_KEY },
		},
		forProvider('Embeddables', 'embeddablesApi', 'embeddables'),
		forProvider('Rehook', 'rehookApi', 'rehook'),
		forProvider('RelationKit', 'relationKitApi', 'relationkit'),
		forProvider('Simon Data', 'simonDataApi', 'simondata', { environment: 'custom' }),
		forProvider('SuprSend', 'suprSendApi', 'suprsend', { authentication: 'workspace' }),
	];
}
