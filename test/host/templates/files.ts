import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { INode, INodeParameterResourceLocator } from 'n8n-workflow';
import type { Credential, Workflow } from '../n8n-client';

export const TEMPLATES = join(__dirname, '..', '..', '..', 'templates');
/** A file for the template that reads one. */
export const SAMPLE_CSV = join(TEMPLATES, 'sample-events.csv');

const TRIGGER = 'n8n-nodes-customer-events.customerEventsTrigger';

/** What somebody picks from the lists of the sandbox's accounts where a template leaves it open. */
const CHOICES: Record<string, string> = {
	embeddableId: 'flow_myexampleflow',
	walletId: 'waty_sandboxPoints',
};

/** Which credential a node takes: one of ours the one of the same name, as a tool as well. */
function credentialTypeOf(nodeType: string): string {
	if (nodeType === TRIGGER) return 'customerEventsWebhookApi';
	if (nodeType === '@n8n/n8n-nodes-langchain.lmChatOpenAi') return 'openAiApi';
	return nodeType.replace(/^n8n-nodes-customer-events\.(\w+?)(Tool)?$/, '$1Api');
}

/** The names of all templates. */
export function templateNames(): string[] {
	return readdirSync(TEMPLATES)
		.filter((file) => file.endsWith('.json'))
		.map((file) => basename(file, '.json'));
}

/** Reads a workflow from templates/, as it is before anybody has chosen credentials for it. */
export function loadTemplate(name: string): Workflow {
	return JSON.parse(readFileSync(join(TEMPLATES, `${name}.json`), 'utf8')) as Workflow;
}

/** Chooses a credential for each of our nodes, as whoever imports a template would. */
export function withCredentials(workflow: Workflow, credentials: Credential[]): Workflow {
	return { ...workflow, nodes: workflow.nodes.map((node) => chooseCredential(node, credentials)) };
}

/** Fills in what a template leaves to choose from an account's lists. */
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

/** Gives a template's trigger the id that its URL is made of. n8n makes one up when a template is imported. */
export function withWebhookId(workflow: Workflow, webhookId: string): Workflow {
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => (node.type === TRIGGER ? { ...node, webhookId } : node)),
	};
}

/** The path on n8n of the production URL that a workflow's trigger shows. */
export function webhookPathOf(workflow: Workflow): string {
	const trigger = workflow.nodes.find(({ type }) => type === TRIGGER);
	if (!trigger?.webhookId) throw new Error(`"${workflow.name}" has no trigger with a webhook id.`);
	return `/webhook/${trigger.webhookId}`;
}

function chooseCredential(node: INode, credentials: Credential[]): INode {
	const credential = credentials.find(({ type }) => type === credentialTypeOf(node.type));
	if (!credential) return node;
	return { ...node, credentials: { [credential.type]: { id: null, name: credential.name } } };
}
