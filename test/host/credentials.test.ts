import { randomUUID } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';
import { credentials as accepted, startSandbox, type Sandbox } from '../sandbox';
import { demoCredentials } from './demo';
import { outputOf, type Credential } from './n8n-client';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage } from './package';
import { Trigger } from './trigger';

jest.setTimeout(120_000);

let n8n: RunningN8n;
let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
	n8n = await startN8n({ packages: [await packPackage()] });
});
afterAll(async () => {
	await n8n?.stop();
	await sandbox.close();
});

function demoCredential(type: string, changes: object = {}): Credential {
	const credential = demoCredentials(sandbox).find((each) => each.type === type) as Credential;
	return { ...credential, data: { ...credential.data, ...changes } };
}

/** Presses "Test" on a credential's form. */
async function press(type: string, changes: Record<string, unknown> = {}) {
	const saved = demoCredential(type, changes);
	const id = await n8n.addCredential(saved);
	return await n8n.rest<{ status: string; message: string }>('POST', '/rest/credentials/test', {
		credentials: { ...saved, id },
	});
}

test.each([
	['RelationKit', 'relationKitApi', {}],
	['Embeddables', 'embeddablesApi', {}],
	['Rehook', 'rehookApi', {}],
	['Simon Data', 'simonDataApi', {}],
	['SuprSend with a workspace key', 'suprSendApi', {}],
	['SuprSend with an API key', 'suprSendApi', { authentication: 'apiKey' }],
	['a write key of our own', 'customerEventsWebhookApi', {}],
	[
		'two write keys, while one replaces the other',
		'customerEventsWebhookApi',
		{ writeKeySecret: 'a'.repeat(16) + ', ' + 'b'.repeat(16) },
	],
])('%s: the credential’s test is green', async (_, type, changes) => {
	expect(await press(type, changes)).toMatchObject({ status: 'OK' });
});

test.each([
	['relationkit', 'relationKitApi', {}],
	['embeddables', 'embeddablesApi', {}],
	['rehook', 'rehookApi', {}],
	['simondata', 'simonDataApi', {}],
	['suprsend', 'suprSendApi', {}],
	['suprsend', 'suprSendApi', { authentication: 'apiKey' }],
] as const)('%s: ignores spaces around the Base URL, as the node does', async (provider, type, changes) => {
	const baseUrl = ` ${sandbox.baseUrl(provider)} `;
	expect(await press(type, { ...changes, baseUrl })).toMatchObject({ status: 'OK' });
});

test.each([
	['RelationKit, wrong token', 'relationKitApi', { apiToken: 'wrong' }],
	['RelationKit, wrong address', 'relationKitApi', () => ({ baseUrl: `${sandbox.url}/elsewhere` })],
	['RelationKit, nobody there', 'relationKitApi', { baseUrl: 'http://127.0.0.1:9' }],
	['Embeddables, wrong key', 'embeddablesApi', { apiKey: 'rk_wrong' }],
	['Embeddables, wrong project', 'embeddablesApi', { projectId: 'pr_wrong' }],
	['Rehook, wrong secret', 'rehookApi', { secretKey: 'wrong' }],
	['Simon Data, wrong secret', 'simonDataApi', { partnerSecret: 'wrong' }],
	['Simon Data, wrong partner', 'simonDataApi', { partnerId: 'wrong' }],
	['Simon Data, wrong address', 'simonDataApi', () => ({ baseUrl: `${sandbox.url}/elsewhere` })],
	['SuprSend, wrong API key', 'suprSendApi', { authentication: 'apiKey', apiKey: 'wrong' }],
	['SuprSend, wrong workspace secret', 'suprSendApi', { workspaceSecret: 'wrong' }],
	['SuprSend, wrong workspace key', 'suprSendApi', { workspaceKey: 'wrong' }],
	['a write key that can be guessed', 'customerEventsWebhookApi', { writeKeySecret: 'secret' }],
])('%s: the credential’s test is red and says why', async (_, type, changes) => {
	const result = await press(type, typeof changes === 'function' ? changes() : changes);

	expect(result).toMatchObject({ status: 'Error', message: expect.stringMatching(/./) });
});

test('SuprSend, a web page instead of it: the credential’s test is red and says why', async () => {
	const page = { headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sign in</title>' };
	sandbox.misbehave({ provider: 'suprsend', do: { status: 200, ...page } });

	expect(await press('suprSendApi')).toMatchObject({
		status: 'Error',
		message: "The response isn't from SuprSend. Check 'Base URL'.",
	});
});

test.each([
	['relationkit', 'relationKitApi'],
	['embeddables', 'embeddablesApi'],
	['rehook', 'rehookApi'],
	['simondata', 'simonDataApi'],
	['suprsend', 'suprSendApi'],
] as const)('%s, a redirect: the credential’s test is red and does not follow it', async (provider, type) => {
	const before = sandbox.requests().length;
	const headers = { location: `${sandbox.baseUrl(provider)}/sign-in` };
	sandbox.misbehave({ provider, do: { status: 302, headers } });

	expect(await press(type)).toMatchObject({ status: 'Error', message: expect.stringMatching(/./) });
	expect(sandbox.requests()).toHaveLength(before + 1);
});

test('creates no customer when a RelationKit credential is tested', async () => {
	expect(await press('relationKitApi')).toMatchObject({ status: 'OK' });
	expect(sandbox.requests('relationkit').some(({ path }) => path.endsWith('/ping'))).toBe(true);
	const named = sandbox.records('relationkit').filter(({ user }) => user !== undefined);
	expect(named).toEqual([]);
});

describe('n8n’s own HTTP Request node uses the credential', () => {
	const query = (name: string, value: string) => ({
		sendQuery: true,
		queryParameters: { parameters: [{ name, value }] },
	});
	const json = (body: object) => ({
		method: 'POST',
		sendBody: true,
		specifyBody: 'json',
		jsonBody: JSON.stringify(body),
	});
	const raw = (body: object) => ({
		method: 'POST',
		sendBody: true,
		contentType: 'raw',
		rawContentType: 'application/json',
		body: JSON.stringify(body),
	});
	const customer = { id: 'u1', email: 'ada@example.com' };
	const suprSendEvent = {
		env: accepted.suprsend.workspaceKey,
		event: 'ORDER ü',
		distinct_id: 'u1',
		properties: { total: 42 },
	};
	const simonEvent = {
		clientId: 'c1',
		sentAt: 1524776691259,
		type: 'track',
		event: 'custom',
		properties: { eventName: 'n8n', requiresIdentity: false, properties: {} },
	};
	const entries = `/projects/${accepted.embeddables.projectId}/entries`;
	const apiKey = { authentication: 'apiKey' };

	/** Executes the node with "Predefined Credential Type". */
	async function request({ type, data }: Credential, url: string, parameters: INodeParameters) {
		const name = randomUUID();
		await n8n.addCredential({ name, type, data });
		const authentication = { authentication: 'predefinedCredentialType', nodeCredentialType: type };
		const httpRequest = {
			name: 'HTTP Request',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: { url, ...authentication, ...parameters },
			credentials: { [type]: { id: null, name } },
		};
		const trigger = await Trigger.add(n8n, { followedBy: [httpRequest] });
		await fetch(trigger.url, { method: 'POST', body: JSON.stringify({ userId: 'u1', event: 'Asked' }) });
		const [execution] = await n8n.waitForExecutions(1, { workflowId: trigger.workflowId });
		return await n8n.execution(execution?.id ?? '');
	}

	test.each([
		['RelationKit', 'relationkit', 'relationKitApi', {}, '/ping', json({ customer })],
		['Embeddables', 'embeddables', 'embeddablesApi', {}, entries, query('limit', '1')],
		['Rehook', 'rehook', 'rehookApi', {}, '/events/segment/check-auth', {}],
		['Simon Data', 'simondata', 'simonDataApi', {}, '/http/v1/collect', json(simonEvent)],
		['SuprSend, API key', 'suprsend', 'suprSendApi', apiKey, '/v1/user/', query('limit', '1')],
		['SuprSend, API key, a body', 'suprsend', 'suprSendApi', apiKey, '/event/', json(suprSendEvent)],
		['SuprSend, workspace key', 'suprsend', 'suprSendApi', {}, '/v1/user/?offset=0', query('limit', '1')],
		['SuprSend, workspace key, JSON', 'suprsend', 'suprSendApi', {}, '/event/', json(suprSendEvent)],
		['SuprSend, workspace key, raw', 'suprsend', 'suprSendApi', {}, '/event/', raw(suprSendEvent)],
	] as const)('%s', async (_, provider, type, changes, path, parameters) => {
		const before = sandbox.requests(provider).length;
		const credential = demoCredential(type, changes);

		const execution = await request(credential, sandbox.baseUrl(provider) + path, parameters);

		expect(sandbox.requests(provider)).toHaveLength(before + 1);
		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'HTTP Request')).toHaveLength(1);
	});

	test.each([
		['relationKitApi', {}],
		['embeddablesApi', {}],
		['rehookApi', {}],
		['simonDataApi', {}],
		['suprSendApi', {}],
		['suprSendApi', apiKey],
	])('%s %j, but not without encryption', async (type, changes) => {
		const before = sandbox.requests().length;
		const url = 'http://api.example.test/v1';

		const { status, data } = await request(demoCredential(type, changes), url, {});

		expect(status).toBe('error');
		expect(data.resultData.error?.message).toMatch(/must start with https:/);
		expect(sandbox.requests()).toHaveLength(before);
	});
});
