import { startSandbox, type Sandbox } from '../sandbox';
import { demoCredentials } from './demo';
import type { Credential } from './n8n-client';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage } from './package';

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

/** Presses "Test" on a credential's form. */
async function press(type: string, changes: Record<string, unknown> = {}) {
	const credential = demoCredentials(sandbox).find((each) => each.type === type) as Credential;
	const saved = { ...credential, data: { ...credential.data, ...changes } };
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
])('%s: the test of the credential is green', async (_, type, changes) => {
	expect(await press(type, changes)).toMatchObject({ status: 'OK' });
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
])('%s: the test of the credential is red and says why', async (_, type, changes) => {
	const result = await press(type, typeof changes === 'function' ? changes() : changes);

	expect(result).toMatchObject({ status: 'Error', message: expect.stringMatching(/./) });
});

test('SuprSend, a web page in its place: the test of the credential is red and says why', async () => {
	const page = { headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sign in</title>' };
	sandbox.misbehave({ provider: 'suprsend', do: { status: 200, ...page } });

	expect(await press('suprSendApi')).toMatchObject({
		status: 'Error',
		message: 'Something other than SuprSend answered. Check the Base URL.',
	});
});

test.each([
	['relationkit', 'relationKitApi'],
	['embeddables', 'embeddablesApi'],
	['rehook', 'rehookApi'],
	['simondata', 'simonDataApi'],
	['suprsend', 'suprSendApi'],
] as const)(
	'%s, sent elsewhere: the test of the credential is red and does not go there',
	async (provider, type) => {
		const before = sandbox.requests().length;
		const headers = { location: `${sandbox.baseUrl(provider)}/sign-in` };
		sandbox.misbehave({ provider, do: { status: 302, headers } });

		expect(await press(type)).toMatchObject({ status: 'Error', message: expect.stringMatching(/./) });
		expect(sandbox.requests()).toHaveLength(before + 1);
	},
);

test('testing a RelationKit credential makes no customer', () => {
	expect(sandbox.requests('relationkit').some(({ path }) => path.endsWith('/ping'))).toBe(true);
	const named = sandbox.records('relationkit').filter(({ user }) => user !== undefined);
	expect(named).toEqual([]);
});
