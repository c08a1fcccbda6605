import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import type { Credential, Workflow } from './n8n-client';

const TEMPLATES = join(__dirname, '..', '..', 'templates');
const TRIGGER = 'n8n-nodes-customer-events.customerEventsTrigger';

/** Which credential a node of ours takes: the one of the same name. */
function credentialTypeOf(nodeType: string): string {
	return nodeType === TRIGGER
		? 'customerEventsWebhookApi'
		: nodeType.replace(/^n8n-nodes-customer-events\.(\w+)$/, '$1Api');
}

/** Reads a workflow from templates/, as it is before anybody has chosen credentials for it. */
export function loadTemplate(name: string): Workflow {
	return JSON.parse(readFileSync(join(TEMPLATES, `${name}.json`), 'utf8')) as Workflow;
}

/** Chooses a credential for each of our nodes, as whoever imports a template would. */
export function withCredentials(workflow: Workflow, credentials: Credential[]): Workflow {
	return { ...workflow, nodes: workflow.nodes.map((node) => chooseCredential(node, credentials)) };
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
