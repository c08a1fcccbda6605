import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { demoCredentials } from '../host/demo';
import { inTheEditor } from './world';

jest.setTimeout(180_000);

const world = inTheEditor();

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
	const credentials = demoCredentials(sandbox);
	if ((await n8n.rest<unknown[]>('GET', '/rest/credentials')).length === 0) {
		for (const credential of credentials) await n8n.addCredential(credential);
	}
	const type = `${node[0]?.toLowerCase()}${node.slice(1)}`;
	const { name = '' } = credentials.find((each) => each.type === `${type}Api`) ?? {};
	const { id } = await n8n.addDraft({
		name: 'Markup',
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
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
		connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
		pinData: { Start: (items ?? [marked(named), marked(named)]).map((json) => ({ json })) },
		settings: { executionOrder: 'v1' },
	});

	await editor.openWorkflow(id);
	await editor.openNode('Node');
	await editor.clickExecute();
	expect((await editor.messagesInOutput()).replaceAll('\u200b', '')).toContain(asText);
	expect(await editor.elementsWith(HOST)).toEqual([]);
});
