import { credentials } from '../sandbox/credentials';
import type { ProviderName } from '../sandbox';
import type { Editor } from './editor';
import { inTheEditor } from './world';

jest.setTimeout(180_000);

const world = inTheEditor();

const START = 'When clicking ‘Execute workflow’';
const event = { type: 'track', event: 'Order Completed', userId: 'ada', properties: { total: 42 } };

/** A workflow that starts with one event. */
async function openWorkflow(): Promise<void> {
	const { id } = await world.n8n.rest<{ id: string }>('POST', '/rest/workflows', {
		name: 'Shop',
		nodes: [
			{
				id: 'start',
				name: START,
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
		],
		connections: {},
		pinData: { [START]: [{ json: event }] },
	});
	await world.editor.openWorkflow(id);
	await world.editor.selectNode(START);
}

interface Journey {
	node: string;
	provider: ProviderName;
	/** The labels and valid values of the credential's fields. */
	credential: Record<string, string>;
	/** The label of the field that is first filled in wrong. `refusal` is what the form says then. */
	secret: string;
	refusal: RegExp;
	fillIn: (editor: Editor) => Promise<void>;
	/** The event's name at the service. */
	sent: string;
	/** Something that the node or the service refuses. */
	mistake: { label: string; value: string; reason: RegExp };
	/** The names of its pictures in the docs. */
	pictures: { credential?: string; result: string; error?: string };
}

const journeys: Journey[] = [
	{
		node: 'RelationKit',
		provider: 'relationkit',
		credential: { 'API Token': credentials.relationkit.apiToken },
		secret: 'API Token',
		refusal: /RelationKit did not accept this token/,
		fillIn: async (editor) => {
			await editor.fill('User ID', 'ada');
			await editor.fill('Event Name', 'order-completed');
		},
		sent: 'order-completed',
		mistake: { label: 'User ID', value: ' ', reason: /user ID/i },
		pictures: { result: 'editor-relation-kit' },
	},
	{
		node: 'SuprSend',
		provider: 'suprsend',
		credential: {
			Authentication: 'Workspace Key and Secret',
			'Workspace Key': credentials.suprsend.workspaceKey,
			'Workspace Secret': credentials.suprsend.workspaceSecret,
		},
		secret: 'Workspace Secret',
		refusal: /SuprSend did not accept these keys/,
		fillIn: async (editor) => {
			await editor.fill('Distinct ID', 'ada');
			await editor.fill('Event Name', 'Order Completed');
		},
		sent: 'Order Completed',
		mistake: { label: 'Event Name', value: '$reserved', reason: /'Event Name' \(event\): SuprSend reserves/ },
		pictures: { result: 'editor-result', error: 'editor-error' },
	},
	{
		node: 'Rehook',
		provider: 'rehook',
		credential: { 'API Key': credentials.rehook.apiKey, 'Secret Key': credentials.rehook.secretKey },
		secret: 'Secret Key',
		refusal: /Rehook did not accept these keys/,
		fillIn: async (editor) => {
			await editor.fill('Source ID', 'ada');
			await editor.fill('Event Name', 'order_success');
		},
		sent: 'order_success',
		mistake: { label: 'Source ID', value: ' ', reason: /source ID/i },
		pictures: { credential: 'editor-credential', result: 'editor-rehook' },
	},
	{
		node: 'Simon Data',
		provider: 'simondata',
		credential: {
			Environment: 'Custom',
			'Partner ID': credentials.simondata.partnerId,
			'Partner Secret': credentials.simondata.partnerSecret,
		},
		secret: 'Partner Secret',
		refusal: /Simon Data did not accept these keys/,
		fillIn: async (editor) => {
			await editor.fill('Client ID', 'ada-phone');
			await editor.fill('Email', 'ada@example.com');
			await editor.choose('Event Type', 'Custom');
			await editor.fill('Event Name', 'Order Completed');
		},
		sent: 'Order Completed',
		mistake: { label: 'Client ID', value: 'x'.repeat(46), reason: /45 characters/ },
		pictures: { result: 'editor-simon-data' },
	},
	{
		node: 'Embeddables',
		provider: 'embeddables',
		credential: {
			'API Key': credentials.embeddables.apiKey,
			'Project ID': credentials.embeddables.projectId,
		},
		secret: 'API Key',
		refusal: /Embeddables did not accept the API key/,
		fillIn: async (editor) => {
			await editor.chooseFromList('Embeddable', 'flow_myexampleflow');
			await editor.fill('Identifier Value', 'test@test.com');
			await editor.fill('Event Name', 'order_completed');
		},
		sent: 'order_completed',
		mistake: {
			label: 'Identifier Value',
			value: 'unknown@test.com',
			reason: /Embeddables found no entry with this identifier/,
		},
		pictures: { result: 'editor-embeddables' },
	},
];

/** n8n shows one of these messages after a single step. */
const executed = /^(Node|Workflow) executed successfully$/;

test.each(journeys)(
	'$node: add a credential and a node, fill in the form, execute, read the result and the reason of a failure',
	async ({ node, provider, credential, secret, refusal, fillIn, sent, mistake, pictures }) => {
		const { editor, sandbox } = world;
		await openWorkflow();
		await editor.addNode(node, 'Send event');

		const form = await editor.newCredential();
		await form.fill({ ...credential, [secret]: 'wrong', 'Base URL': sandbox.baseUrl(provider) });
		await form.save();
		expect(await form.verdict()).toMatch(refusal);
		await form.fill({ [secret]: credential[secret] ?? '' });
		await form.saveAndClose();
		const saved = await editor.openCredential();
		expect(await saved.verdict()).toBe('Connection tested successfully');
		if (pictures.credential !== undefined) await editor.picture(pictures.credential);
		await saved.close();

		await fillIn(editor);
		expect(await editor.execute()).toMatch(executed);
		expect(await editor.output()).toEqual([expect.objectContaining({ service: node, status: 'delivered' })]);
		expect(sandbox.records(provider, 'event')).toEqual([expect.objectContaining({ name: sent })]);
		await editor.showSchema();
		await editor.picture(pictures.result);

		await editor.onError('Continue (using error output)');
		await editor.fill(mistake.label, mistake.value);
		await editor.execute();
		await editor.showOutput('Error Branch');
		const [failed] = await editor.output();
		expect(failed?.error).toMatch(mistake.reason);
		await editor.showSchema();
		if (pictures.error !== undefined) await editor.picture(pictures.error);
		expect(await editor.missingPictures()).toEqual([]);
	},
);

test('finds Customer Events by the words that people search for', async () => {
	await openWorkflow();
	// n8n shows the node and its trigger as one entry, which it finds only by the node's words.
	const words = [
		'webhook',
		'segment',
		'rudderstack',
		'posthog',
		'jitsu',
		'cloudevents',
		'canonical',
		'convert',
	];
	expect(await world.editor.wordsWithout('Customer Events', words)).toEqual([]);
});

test('Customer Events: add a node, fill in the form, execute, read the events and why others are rejected', async () => {
	const { editor } = world;
	await openWorkflow();
	await editor.addNode('Customer Events', 'Convert data to customer events');
	expect(await editor.execute()).toMatch(executed);
	await editor.showOutput('Events');
	expect(await editor.output()).toEqual([
		expect.objectContaining({ type: 'track', event: 'Order Completed', userId: 'ada' }),
	]);

	await editor.fill('Payload Field', 'properties');
	await editor.execute();
	await editor.showOutput('Rejected');
	const [rejected] = await editor.output();
	expect(rejected).toMatchObject({ code: 'no_user_anon_id', message: expect.stringMatching(/has no user/) });
	expect(await editor.missingPictures()).toEqual([]);
});

test('Customer Events Trigger: add a node and a credential, copy the URL, post an event, read it', async () => {
	const { editor, n8n } = world;
	const writeKey = 'a-long-random-text-of-my-own';
	await editor.newWorkflow();
	await editor.addNode('Customer Events', 'On new Customer Events event');

	const form = await editor.newCredential();
	await form.fill({ 'Write Key': 'secret' });
	await form.save();
	expect(await form.verdict()).toMatch(/Use a write key of at least 16 characters/);
	await form.fill({ 'Write Key': writeKey });
	await form.saveAndClose();

	const productionUrl = await editor.webhookUrl('Production URL');
	const testUrl = await editor.webhookUrl('Test URL');
	expect(productionUrl).toMatch(new RegExp(`^${n8n.url}/webhook/[\\w-]+$`));
	expect(testUrl).toBe(productionUrl.replace('/webhook/', '/webhook-test/'));

	await editor.picture('editor-trigger');

	await editor.listen();
	const response = await fetch(testUrl, {
		method: 'POST',
		headers: { authorization: `Basic ${btoa(`${writeKey}:`)}`, 'content-type': 'application/json' },
		body: JSON.stringify(event),
	});
	expect(await response.json()).toMatchObject({ success: true, accepted: 1 });
	await editor.showOutput('Events');
	expect(await editor.output()).toEqual([
		expect.objectContaining({ type: 'track', event: 'Order Completed', userId: 'ada' }),
	]);
	expect(await editor.missingPictures()).toEqual([]);
});
