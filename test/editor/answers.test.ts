import { chunk, isEmpty, uniqBy } from 'lodash';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import manifest from '../../package.json';
import { demoCredentials } from '../host/demo';
import { outputOf, type Credential, type Execution } from '../host/n8n-client';
import { waitFor } from '../host/wait';
import { formsOf, withExamples } from './form-of';
import { inTheEditor, typeOf } from './world';

/**
 * What a person sees after a node has run. Every operation shows its answer in the part of the output that is visible
 * without scrolling: the entity, the response, the request, the reason, or the numbers of a summary. Markup in events and
 * in responses is shown as text.
 */

jest.setTimeout(600_000);

const world = inTheEditor();

const SCREEN = [1400, 900] as const;
const START = 'Start';
const start: INode = {
	id: START,
	name: START,
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
/** The editor gets slow when it runs more. */
const NODES_AT_A_TIME = 12;
const services = ['embeddables', 'rehook', 'relationKit', 'simonData', 'suprSend'];

let credentials: Credential[];

beforeAll(async () => {
	credentials = demoCredentials(world.sandbox);
	for (const credential of credentials) await world.n8n.addCredential(credential);
	await world.editor.resize(...SCREEN);
});

/** Returns the name of a node's credential, or '' if the node has none. */
function credentialFor(node: string): string {
	return credentials.find(({ type }) => type === `${node}Api`)?.name ?? '';
}

/** Opens a workflow in which each node comes after the start, runs it, and returns the execution. */
async function run(service: string, forms: Record<string, INodeParameters>): Promise<Execution> {
	const { n8n, editor } = world;
	const nodes = Object.entries(forms).map(([title, parameters], index): INode => ({
		id: title,
		name: title,
		type: `${manifest.name}.${service}`,
		typeVersion: 1,
		position: [300 + (index % 8) * 300, Math.floor(index / 8) * 200],
		parameters,
		credentials: { [`${service}Api`]: { id: '', name: credentialFor(service) } },
		onError: 'continueRegularOutput',
	}));
	const { id } = await n8n.addDraft({
		name: service,
		nodes: [start, ...nodes],
		connections: { [START]: { main: [nodes.map(({ name: node }) => ({ node, type: 'main', index: 0 }))] } },
		settings: { executionOrder: 'v1' },
	});
	await editor.openWorkflow(id);
	await editor.executeWorkflow();
	await editor.message();
	const [latest] = await n8n.waitForExecutions(1, { workflowId: id });
	return await n8n.execution(latest?.id ?? '');
}

/** Returns what a person looks for in an item: texts that the output shows. */
function answerIn(item: IDataObject): string[] {
	const { status, reason, request, response, total, failed_records: failed, skipped } = item;
	if (reason !== undefined) return ['reason', String((reason as IDataObject).message).slice(0, 20)];
	if (request !== undefined) return ['request'];
	if (total !== undefined)
		return ['failed_records', 'skipped', String((failed as unknown[]).length), String(skipped)];
	if (status === 'delivered' && response !== undefined) return ['delivered', 'response'];
	const [key = '', value] = Object.entries(item)[0] ?? [];
	return [key, String(value).slice(0, 20)];
}

/** Opens every node that has an output, and returns the answers that aren't visible. */
async function hiddenAnswers(execution: Execution, names: string[]): Promise<Record<string, string[]>> {
	const { editor } = world;
	const hidden: Record<string, string[]> = {};
	for (const name of names) {
		const [item] = outputOf(execution, name);
		const answer = item === undefined ? ['No output data'] : answerIn(item.json);
		await editor.showNode(name);
		const missing = async () => {
			const seen = await editor.visibleOutput();
			return answer.filter((text) => !seen.includes(text));
		};
		await waitFor(async () => isEmpty(await missing()) || undefined, {
			what: 'the output to show its answer',
			timeoutMs: 5_000,
		}).catch(async () => {
			hidden[name] = await missing();
		});
	}
	return hidden;
}

test.each(services)('%s: shows the answer of every operation without scrolling', async (service) => {
	const type = await typeOf(world.n8n, service);
	const operations = uniqBy(formsOf(type), ({ resource, operation }) => `${resource}:${operation}`);
	const forms = operations.map(({ resource = '', operation = '' }): [string, INodeParameters] => [
		`${resource}-${operation}`,
		withExamples(type, { resource, operation }),
	]);
	for (const some of chunk(forms, NODES_AT_A_TIME)) {
		const execution = await run(service, Object.fromEntries(some));
		const names = some.map(([name]) => name);
		expect(await hiddenAnswers(execution, names)).toEqual({});
	}
});

const HOST = 'evil.example';
const markup = `<img src="http://${HOST}/b"><a href="http://${HOST}/login">Sign in again</a><input value="${HOST}">`;
/** What a person reads of it when it is shown as text. */
const asText = `<img src="http://${HOST}/b">`;

/** An event with markup in everything that a sender can choose. */
const marked = (more: IDataObject = {}): IDataObject => ({
	type: 'track',
	event: markup,
	userId: markup,
	messageId: markup,
	timestamp: markup,
	properties: { [`ss_${markup}`]: markup, [`$${markup}`]: markup },
	context: { traits: { [markup]: markup, email: markup } },
	...more,
});

interface Case {
	title: string;
	node: string;
	parameters?: INodeParameters;
	onError?: 'continueRegularOutput';
	fault?: { status: number; body: unknown };
	items?: IDataObject[];
}

const refusal = {
	status: 400,
	body: { message: markup, error: markup, errors: [{ message: markup }], detail: markup },
};
const named = { event: 'Signed Up', userId: 'ada', messageId: 'm1', timestamp: '2026-01-02T03:04:05Z' };

const cases: Case[] = [
	...['RelationKit', 'Rehook', 'SimonData', 'SuprSend', 'Embeddables'].map((node): Case => ({
		title: `the error when ${node} refuses an event`,
		node,
		parameters: { embeddableId: 'flow_myexampleflow' },
		fault: refusal,
		items: [marked(named)],
	})),
	{
		title: 'the hint when a service refuses one of several events',
		node: 'RelationKit',
		fault: refusal,
		onError: 'continueRegularOutput',
	},
	{ title: 'the hint at a warning', node: 'SuprSend', items: [marked(named)] },
	{
		title: 'the hint at rejected events of Customer Events',
		node: 'CustomerEvents',
		parameters: {
			operation: 'validate',
			planSource: 'json',
			planJson: '[{"event": "Planned"}]',
			unplanned: 'reject',
		},
		items: [marked({ ...named, event: markup })],
	},
];

test.each(cases)('shows markup as text in $title', async ({ node, parameters, onError, fault, items }) => {
	const { editor, n8n, sandbox } = world;
	sandbox.behave();
	if (fault !== undefined) sandbox.misbehave({ times: 'always', do: fault });
	const type = `${node[0]?.toLowerCase()}${node.slice(1)}`;
	const name = credentialFor(type);
	const { id } = await n8n.addDraft({
		name: 'Markup',
		nodes: [
			start,
			{
				id: 'node',
				name: 'Node',
				type: `n8n-nodes-customer-events.${type}`,
				typeVersion: 1,
				position: [300, 0],
				parameters: { resource: 'event', operation: 'send', mappingMode: 'canonicalEvent', ...parameters },
				...(name === '' ? {} : { credentials: { [`${type}Api`]: { id: '', name } } }),
				...(onError === undefined ? {} : { onError }),
			},
		],
		connections: { [START]: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
		pinData: { [START]: (items ?? [marked(named), marked(named)]).map((json) => ({ json })) },
		settings: { executionOrder: 'v1' },
	});

	await editor.openWorkflow(id);
	await editor.openNode('Node');
	await editor.clickExecute();
	expect((await editor.messagesInOutput()).replaceAll('\u200b', '')).toContain(asText);
	expect(await editor.elementsWith(HOST)).toEqual([]);
});
