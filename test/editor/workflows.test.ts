import { join } from 'node:path';
import { pick, zipObject } from 'lodash';
import type { IDataObject, INode } from 'n8n-workflow';
import { demoCredentials, WRITE_KEY } from '../host/demo';
import type { Credential } from '../host/n8n-client';
import { waitFor } from '../host/wait';
import { startChatModel, type ChatModel } from '../host/templates/chat-model';
import {
	loadTemplate,
	templateNames,
	TEMPLATES,
	withCredentials,
	withWebhookId,
} from '../host/templates/files';
import { inTheEditor } from './world';

/**
 * Imports every template, and builds five workflows as a new user does who knows only the README: with clicks, drags and
 * typed fields, starting from what n8n's own nodes give. Each must send something with the first run, and take few steps.
 */

jest.setTimeout(180_000);

const world = inTheEditor();

/** What a user clicks, drags or types, one after the other. */
class Steps {
	private readonly done: string[] = [];

	async click(what: string, act: () => Promise<unknown>): Promise<void> {
		await this.step(`click ${what}`, act);
	}

	async type(what: string, act: () => Promise<unknown>): Promise<void> {
		await this.step(`type ${what}`, act);
	}

	async drag(
		what: string,
		where: string,
		act: () => Promise<unknown> = () => world.editor.drag(what, where),
	): Promise<void> {
		await this.step(`drag ${what} to ${where}`, act);
	}

	/** Opens a select and clicks an option. */
	async choose(label: string, option: string): Promise<void> {
		await this.click(label, async () => {});
		await this.click(option, () => world.editor.choose(label, option));
	}

	private async step(name: string, act: () => Promise<unknown>): Promise<void> {
		this.done.push(name);
		await act();
	}

	/** Adds a node: the plus, the search, the node and the action. */
	async addNode(search: string, node: string, action: string, plus: () => Promise<unknown>): Promise<void> {
		await this.click('+', plus);
		await this.type(search, () => world.editor.searchNodes(search));
		await this.click(node, () => world.editor.pickNode(node));
		await this.click(action, () => world.editor.pickNode(action));
	}

	expectAtMost(most: number): void {
		expect({ steps: this.done, isFew: this.done.length <= most }).toEqual({ steps: this.done, isFew: true });
	}
}

const rows: IDataObject[] = [
	{ user_id: 'u1', email: 'ada@example.com', name: 'Ada' },
	{ user_id: 'u2', email: 'grace@example.com', name: 'Grace' },
];

const ROWS = 'Read the sheet';

/** Opens a workflow that has an n8n node with rows instead of a sheet. */
async function openRows(json = rows, nodes: INode[] = []): Promise<string> {
	const { id } = await world.n8n.rest<{ id: string }>('POST', '/rest/workflows', {
		name: 'My workflow',
		nodes: [
			{
				id: 'rows',
				name: ROWS,
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			...nodes,
		],
		connections: {},
		pinData: { [ROWS]: json.map((row) => ({ json: row })) },
	});
	await world.editor.openWorkflow(id);
	return id;
}

/** Adds a data table, which is empty. Returns a function that reads its rows. */
async function addTable(name: string, columns: string[]): Promise<() => Promise<IDataObject[]>> {
	const { n8n } = world;
	const project = await n8n.rest<{ id: string }>('GET', '/rest/projects/personal');
	const tables = `/rest/projects/${project.id}/data-tables`;
	const { id } = await n8n.rest<{ id: string }>('POST', tables, {
		name,
		columns: columns.map((column) => ({ name: column, type: 'string' })),
	});
	return async () => {
		const { data } = await n8n.rest<{ data: IDataObject[] }>('GET', `${tables}/${id}/rows?sortBy=id:asc`);
		return data.map((row) => pick(row, columns));
	};
}

let credentials: Credential[];

beforeAll(async () => {
	// As `npm start` adds them.
	credentials = demoCredentials(world.sandbox);
	for (const credential of credentials) await world.n8n.addCredential(credential);
});
beforeEach(() => world.sandbox.reset());

test.each(templateNames())('%s: shows every node with its icon after import', async (name) => {
	const { editor } = world;
	await editor.newWorkflow();
	await editor.importFromFile(join(TEMPLATES, `${name}.json`));

	const { nodes } = loadTemplate(name);
	const drawn = nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
	expect((await editor.nodes()).sort()).toEqual(drawn.map((node) => node.name).sort());
	const ours = new Set(drawn.map(({ type }) => type).filter((type) => /customer-events/.test(type)));
	const icons = async () => new Set((await editor.pictures()).filter((src) => /customer-events/.test(src)));
	expect((await icons()).size).toBeGreaterThan(0);
	expect((await icons()).size).toBeLessThanOrEqual(ours.size);
	expect([...(await icons())].filter((src) => src.endsWith('.dark.svg'))).toEqual([]);
	expect(await editor.missingPictures()).toEqual([]);

	await editor.theme('dark');
	expect([...(await icons())].filter((src) => !src.endsWith('.dark.svg'))).toEqual([]);
	await editor.theme('light');
});

test('runs the demo workflow, whose picture is in the docs', async () => {
	const { editor, n8n, sandbox } = world;
	const template = withWebhookId(loadTemplate('segment-to-relationkit-and-suprsend'), 'customer-events');
	const nodes = template.nodes.filter(({ name }) => name !== 'About this workflow');
	const { id } = await n8n.addDraft(withCredentials({ ...template, nodes }, credentials));

	await editor.openWorkflow(id);
	await editor.executeFrom('Try with sample events');
	expect(await editor.message()).toBe('Workflow executed successfully');
	expect(sandbox.records('suprsend').map(({ kind }) => kind)).toEqual(['user', 'event']);
	// Moves the node from behind the button.
	await editor.zoomOut();
	await editor.picture('editor-canvas');
});

const succeeded = /^(Node|Workflow) executed successfully$/;

test('rows of a sheet become users of SuprSend', async () => {
	const { editor, sandbox } = world;
	const steps = new Steps();
	await openRows();
	await steps.addNode('suprsend', 'SuprSend', 'Identify user', () => editor.addAfter(ROWS));
	await steps.drag('user_id', 'Distinct ID');
	await steps.click('Add channel', () => editor.addRow('Add channel'));
	await steps.drag('email', 'Email');
	await steps.click('Execute step', async () => expect(await editor.execute()).toMatch(succeeded));

	expect(sandbox.records('suprsend', 'user').map(({ user }) => user)).toEqual(['u1', 'u2']);
	expect(sandbox.requests('suprsend').map(({ body }) => body)).toEqual([
		{ $email: ['ada@example.com'] },
		{ $email: ['grace@example.com'] },
	]);
	steps.expectAtMost(12);
});

test('a sign-up at the webhook becomes a referral in Rehook', async () => {
	const { editor, sandbox } = world;
	const steps = new Steps();
	await editor.newWorkflow();
	await steps.addNode('customer events', 'Customer Events', 'On new Customer Events event', () =>
		editor.addFirstStep(),
	);
	const url = await editor.webhookUrl('Test URL');
	await steps.click('Execute step', () => editor.listen());
	// The user's app signs up a friend.
	const response = await fetch(url, {
		method: 'POST',
		headers: { authorization: `Basic ${btoa(`${WRITE_KEY}:`)}`, 'content-type': 'application/json' },
		body: JSON.stringify({ userId: 'ada', event: 'Signed Up', properties: { referral_code: 'KMN6457' } }),
	});
	expect(await response.json()).toMatchObject({ success: true, accepted: 1 });
	await editor.showOutput('Events');
	await steps.click('Back to canvas', () => editor.closeNode());

	await steps.addNode('rehook', 'Rehook', 'Send event', () => editor.addAfter('Customer Events Trigger'));
	await steps.drag('userId', 'Source ID');
	await steps.type('Event Name', () => editor.fill('Event Name', 'signup'));
	await steps.drag('referral_code', 'Referral Code');
	await steps.click('Execute step', async () => expect(await editor.execute()).toMatch(succeeded));

	expect(sandbox.records('rehook', 'event').map(({ body }) => body)).toEqual([
		{ event_name: 'signup', source_id: 'ada', metadata: { referral_code: 'KMN6457' } },
	]);
	steps.expectAtMost(15);
});

test('a schedule sends an event to Simon Data', async () => {
	const { editor, sandbox } = world;
	const steps = new Steps();
	await editor.newWorkflow();
	await steps.click('Add first step', () => editor.addFirstStep());
	await steps.click('On a schedule', () => editor.pickNode('On a schedule'));
	await steps.click('Back to canvas', () => editor.closeNode());
	await steps.addNode('simon', 'Simon Data', 'Send event', () => editor.addAfter('Schedule Trigger'));
	await steps.type('Client ID', () => editor.fill('Client ID', 'ada'));
	await steps.type('Email', () => editor.fill('Email', 'ada@example.com'));
	await steps.type('Event Name', () => editor.fill('Event Name', 'daily_report'));
	await steps.click('Execute step', async () => expect(await editor.execute()).toMatch(succeeded));

	expect(sandbox.records('simondata', 'event').map(({ name, user }) => [name, user])).toEqual([
		['daily_report', 'ada@example.com'],
	]);
	steps.expectAtMost(12);
});

describe('with an agent', () => {
	const apiKey = 'chat-model-key-not-real';
	let model: ChatModel | undefined;
	/** The tool, as the agent offers it to the model. */
	const tool = () => model?.requests.at(-1)?.tools[0]?.function;

	afterEach(() => model?.close());

	test('SuprSend is a tool whose fields the model fills in', async () => {
		const { editor, n8n, sandbox } = world;
		model = await startChatModel(apiKey, [
			() => {
				const { name = '', parameters } = tool() ?? {};
				const fields = Object.keys(parameters?.properties ?? {});
				return { calls: [{ name, arguments: zipObject(fields, ['ada', 'Parcel Delayed']) }] };
			},
			() => ({ content: 'Ada has been told.' }),
		]);
		const credential = { type: 'openAiApi', name: 'Model', data: { apiKey, url: model.baseUrl } };
		const credentialId = await n8n.addCredential(credential);
		const workflowId = await openAgent(credentialId);
		const steps = new Steps();
		await steps.click('+', () => editor.addTool('AI Agent'));
		await steps.type('suprsend', () => editor.searchNodes('suprsend'));
		await steps.click('SuprSend Tool', () => editor.pickNode('SuprSend Tool'));
		await steps.click('✨ of Distinct ID', () => editor.letModelFillIn('Distinct ID'));
		await steps.click('✨ of Event Name', () => editor.letModelFillIn('Event Name'));
		await steps.click('Back to canvas', () => editor.closeNode());
		// n8n saves changes by itself.
		await waitFor(async () => (/\$fromAI.*\$fromAI/.test(await saved(workflowId)) ? true : undefined), {
			what: 'n8n to save the workflow',
			timeoutMs: 30_000,
		});
		const given = { sessionId: 's', action: 'sendMessage', chatInput: 'The parcel of ada is late' };
		const execution = await n8n.execute(workflowId, 'Chat', { given });

		expect(execution.status).toBe('success');
		expect(sandbox.records('suprsend', 'event').map(({ name, user }) => [name, user])).toEqual([
			['Parcel Delayed', 'ada'],
		]);
		steps.expectAtMost(12);
	});

	async function saved(workflowId: string): Promise<string> {
		return JSON.stringify(await world.n8n.rest('GET', `/rest/workflows/${workflowId}`));
	}

	/** Opens n8n's own start of an agent: a chat, the agent and a model. */
	async function openAgent(credentialId: string): Promise<string> {
		const { id } = await world.n8n.rest<{ id: string }>('POST', '/rest/workflows', {
			name: 'Agent',
			nodes: [
				{
					id: 'chat',
					name: 'Chat',
					type: '@n8n/n8n-nodes-langchain.chatTrigger',
					typeVersion: 1.3,
					position: [0, 0],
					parameters: { options: {} },
				},
				{
					id: 'agent',
					name: 'AI Agent',
					type: '@n8n/n8n-nodes-langchain.agent',
					typeVersion: 3,
					position: [224, 0],
					parameters: { options: {} },
				},
				{
					id: 'model',
					name: 'Model',
					type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
					typeVersion: 1.3,
					position: [160, 224],
					parameters: {
						model: { __rl: true, mode: 'id', value: 'gpt-5-mini' },
						responsesApiEnabled: false,
						options: {},
					},
					credentials: { openAiApi: { id: credentialId, name: 'Model' } },
				},
			],
			connections: {
				Chat: { main: [[{ node: 'AI Agent', type: 'main', index: 0 }]] },
				Model: { ai_languageModel: [[{ node: 'AI Agent', type: 'ai_languageModel', index: 0 }]] },
			},
		});
		await world.editor.openWorkflow(id);
		return id;
	}
});

test('rows of a file go to Rehook and Simon Data, and failed rows to a table', async () => {
	const { editor, n8n, sandbox } = world;
	const failedRows = await addTable('Failed rows', ['email', 'reason']);
	const nobody = { user_id: '', email: 'nobody@example.com', name: 'Nobody' };
	const workflowId = await openRows([...rows, nobody]);
	const steps = new Steps();
	const toErrorOutput = async (execute = async () => {}) => {
		await steps.click('Settings', () => editor.openSettings());
		await steps.choose('On Error', 'Continue (using error output)');
		await execute();
		await steps.click('Back to canvas', () => editor.closeNode());
	};
	await steps.addNode('rehook', 'Rehook', 'Identify customer', () => editor.addAfter(ROWS));
	await steps.drag('user_id', 'Source ID');
	await toErrorOutput();
	await steps.click('the rows', () => editor.selectNode(ROWS));
	await steps.addNode('simon', 'Simon Data', 'Identify contact', () => editor.openNodePanel());
	await steps.drag('user_id', 'User ID');
	await steps.drag('email', 'Email');
	await toErrorOutput(() =>
		// Shows the failed row, with the reason, to the node that comes after it.
		steps.click('Execute step', async () => expect(await editor.execute()).toMatch(succeeded)),
	);
	sandbox.reset();
	await steps.addNode('data table', 'Data table', 'Insert row', () => editor.addAfter('Identify contact', 1));
	await steps.click('Data table', async () => {});
	await steps.click('Failed rows', () => editor.chooseFromList('Data table', 'Failed rows'));
	await steps.drag('email', 'email');
	await steps.drag('message', 'reason');
	await steps.click('Back to canvas', () => editor.closeNode());
	await steps.drag('the error output of Identify customer', 'Insert row', () =>
		editor.connect('Identify customer', 1, 'Insert row'),
	);
	await steps.click('Execute workflow', async () => {
		await editor.executeWorkflow();
		expect(await editor.message()).toMatch(succeeded);
	});

	expect(sandbox.records('rehook', 'customer').map(({ user }) => user)).toEqual(['u1', 'u2']);
	expect(sandbox.records('simondata').map(({ user }) => user)).toEqual(['u1', 'u2']);
	await n8n.waitForExecutions(1, { workflowId });
	expect(await failedRows()).toEqual([
		{ email: 'nobody@example.com', reason: expect.stringMatching(/'Source ID'/) },
		{ email: 'nobody@example.com', reason: expect.stringMatching(/'User ID'/) },
	]);
	// Without any field, n8n needs 25 steps: 12 to add three nodes, 6 for the error outputs, 4 to go back and forth, and 3
	// for the table and its second line. Each field that a column fills in is one more; two run the nodes.
	steps.expectAtMost(32);
});
