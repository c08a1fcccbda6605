import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { INode, INodeParameterResourceLocator } from 'n8n-workflow';
import { generation } from '../generation';
import type { Credential, Workflow } from '../n8n-client';

export const TEMPLATES = join(__dirname, '..', '..', '..', 'templates');
/** A file for the template that reads one. */
export const SAMPLE_CSV = join(TEMPLATES, 'sample-events.csv');

/** The triggers that receive webhooks. */
const TRIGGER = /^n8n-nodes-customer-events\.\w+Trigger$/;

/** The choices in the lists of the sandbox's accounts, for fields that a template leaves empty. */
const CHOICES: Record<string, string> = {
	embeddableId: 'flow_myexampleflow',
	walletId: 'waty_sandboxPoints',
};

/** Returns the type of credential that a node of a template needs, also when it is used as a tool. */
function credentialTypeOf(nodeType: string): string {
	if (TRIGGER.test(nodeType)) return 'customerEventsWebhookApi';
	if (nodeType === '@n8n/n8n-nodes-langchain.lmChatOpenAi') return 'openAiApi';
	if (nodeType === 'n8n-nodes-base.redis') return 'redis';
	return nodeType.replace(/^n8n-nodes-customer-events\.(\w+?)(Tool)?$/, '$1Api');
}

/** Whether a template creates a data table, which not every n8n can. */
export function createsDataTables(name: string): boolean {
	return loadTemplate(name).nodes.some(({ type }) => type === 'n8n-nodes-base.dataTable');
}

/** Returns the names of the templates that this n8n can run. */
export function runnableTemplates(): string[] {
	const lacksTables = generation.lacks.includes('nodes that create data tables');
	return templateNames().filter((name) => !lacksTables || !createsDataTables(name));
}

/** Returns the names of all templates. */
export function templateNames(): string[] {
	return readdirSync(TEMPLATES)
		.filter((file) => file.endsWith('.json'))
		.map((file) => basename(file, '.json'));
}

/** Reads a workflow from templates/, without any credentials chosen. */
export function loadTemplate(name: string): Workflow {
	return JSON.parse(readFileSync(join(TEMPLATES, `${name}.json`), 'utf8')) as Workflow;
}

/** Chooses a credential for each of our nodes, as a user who imports a template would. */
export function withCredentials(workflow: Workflow, credentials: Credential[]): Workflow {
	return { ...workflow, nodes: workflow.nodes.map((node) => chooseCredential(node, credentials)) };
}

/** Chooses from the account's lists what a template leaves empty. */
export function withChoices(workflow: Workflow): Workflow {
	const choose = (node: INode): INode => {
		const open = Object.entries(node.parameters).filter(
			([name, value]) => name in CHOICES && (value as INodeParameterResourceLocator).value === '',
		);
		const chosen = open.map(([name]) => [name, { __rl: true, mode: 'id', value: CHOICES[name] }]);
		return { ...node, parameters: { ...node.parameters, ...Object.fromEntries(chosen) } };
	};
	return { ...workflow, nodes: workflow.nodes.map(choose) };
}

/** Sets the ID in the URL of a template's trigger. n8n makes one up when a template is imported. */
export function withWebhookId(workflow: Workflow, webhookId: string): Workflow {
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => (TRIGGER.test(node.type) ? { ...node, webhookId } : node)),
	};
}

/** Returns the path of the production URL that a workflow's trigger shows. */
export function webhookPathOf(workflow: Workflow): string {
	const trigger = workflow.nodes.find(({ type }) => TRIGGER.test(type));
	if (!trigger?.webhookId) throw new Error(`"${workflow.name}" has no trigger with a webhook id.`);
	return `/webhook/${trigger.webhookId}`;
}

function chooseCredential(node: INode, credentials: Credential[]): INode {
	const credential = credentials.find(({ type }) => type === credentialTypeOf(node.type));
	if (!credential) return node;
	return { ...node, credentials: { [credential.type]: { id: null, name: credential.name } } };
}
