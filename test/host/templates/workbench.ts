import { startSandbox, type Sandbox } from '../../sandbox';
import { demoCredentials, PEOPLE, writeKeyHeader } from '../demo';
import type { Credential, ExecuteOptions, Execution, Workflow } from '../n8n-client';
import { startN8n, type RunningN8n } from '../n8n-process';
import { packPackage } from '../package';
import { loadTemplate, webhookPathOf, withChoices, withCredentials, withWebhookId } from './files';

/** One n8n and one sandbox for trying the templates one after the other. */
export interface Workbench {
	n8n: RunningN8n;
	sandbox: Sandbox;
	/** Imports a template and chooses the sandbox's credentials and lists. */
	add(template: string, choices?: Choices): Promise<Draft>;
	/** Does the same and publishes it. */
	publish(template: string, choices?: Choices): Promise<Published>;
	close(): Promise<void>;
}

export interface Choices {
	/** Credentials with priority over the sandbox's. */
	credentials?: Credential[];
	/** Changes the workflow before it runs, as a user would. */
	change?: (workflow: Workflow) => Workflow;
}

export interface Draft {
	id: string;
	/** Clicks "Execute workflow". */
	execute(trigger: string, options?: ExecuteOptions): Promise<Execution>;
}

export interface Published {
	id: string;
	/** URL that the trigger shows for production. */
	path: string;
	/** Posts to the trigger's production URL. Returns the execution that this started, when it has ended. */
	post(body: unknown, headers?: Record<string, string>): Promise<Execution>;
}

export async function openWorkbench(): Promise<Workbench> {
	const sandbox = await startSandbox({ people: PEOPLE });
	const accounts = demoCredentials(sandbox);
	const n8n = await startN8n({ packages: [await packPackage()], credentials: accounts });
	const fillIn = async (template: string, { credentials = [], change = same }: Choices = {}) => {
		for (const credential of credentials) await n8n.addCredential(credential);
		return change(withChoices(withCredentials(loadTemplate(template), [...credentials, ...accounts])));
	};
	let webhooks = 0;
	return {
		n8n,
		sandbox,
		async add(template, choices) {
			const { id } = await n8n.addDraft(await fillIn(template, choices));
			return { id, execute: (trigger, options) => n8n.execute(id, trigger, options) };
		},
		async publish(template, choices) {
			const workflow = withWebhookId(await fillIn(template, choices), `workbench-${++webhooks}`);
			const id = await n8n.addWorkflow(workflow);
			const path = webhookPathOf(workflow);
			await n8n.waitForWebhook(path);
			return { id, path, post: (body, headers) => post(n8n, { id, path, body, headers }) };
		},
		async close() {
			await n8n.stop();
			await sandbox.close();
		},
	};
}

const same = (workflow: Workflow) => workflow;

interface Request {
	id: string;
	path: string;
	body: unknown;
	headers?: Record<string, string>;
}

async function post(
	n8n: RunningN8n,
	{ id, path, body, headers = writeKeyHeader }: Request,
): Promise<Execution> {
	const before = (await n8n.executions({ workflowId: id })).length;
	const response = await fetch(n8n.url + path, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`The trigger answered ${response.status}: ${await response.text()}`);
	const [newest] = await n8n.waitForExecutions(before + 1, { workflowId: id });
	return await n8n.execution(newest?.id ?? '');
}
