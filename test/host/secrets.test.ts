import { createHmac } from 'node:crypto';
import type { INode } from 'n8n-workflow';
import type { Action } from '../engine/harness/misbehaviors';
import { findSecrets } from '../secret-scan';
import { startSandbox, type Sandbox, type SandboxRequest } from '../sandbox';
import { secrets as keysOfSandbox } from '../sandbox/credentials';
import { generation } from './generation';
import { demoCredentials } from './demo';
import { leftBehind } from './left-behind';
import type { Credential } from './n8n-client';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage } from './package';
import { Trigger } from './trigger';

/**
 * Runs a real n8n at log level debug with every service, which repeats its keys in its answers, and with every scheme of
 * the trigger's credential. Then searches for keys in everything that n8n has stored, logged and answered.
 */
jest.setTimeout(300_000);

let n8n: RunningN8n;
let sandbox: Sandbox;
/** What n8n's API has shown. */
const shown: unknown[] = [];
/** Signatures, and secrets that senders put where we don't ask for any. */
const sendersSecrets: string[] = [];

beforeAll(async () => {
	sandbox = await startSandbox();
	n8n = await startN8n({
		packages: [await packPackage()],
		credentials: demoCredentials(sandbox),
		logLevel: 'debug',
	});
});
afterAll(async () => {
	await n8n?.stop();
	await sandbox?.close();
});

const track = {
	type: 'track',
	event: 'Order Completed',
	userId: 'u1',
	context: { traits: { email: 'a@b.example' } },
};

describe('nodes that send', () => {
	const nodes = [
		['relationKit', 'RelationKit'],
		['suprSend', 'SuprSend'],
		['rehook', 'Rehook'],
		['simonData', 'Simon Data'],
		['embeddables', 'Embeddables'],
	] as const;
	const errorModes = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;
	const actions: Array<Action | undefined> = [
		undefined,
		{ reflect: { status: 200, as: 'json' } },
		{ reflect: { status: 400, as: 'text' } },
		{ reflect: { status: 401, as: 'json' } },
		{ reset: 'after-reading' },
	];

	test.each(nodes)('%s', async (name, title) => {
		const nodeWith = (onError: INode['onError']) => ({
			name: 'Send',
			type: `n8n-nodes-customer-events.${name}`,
			typeVersion: 1,
			parameters: {
				resource: 'event',
				operation: 'send',
				mappingMode: 'canonicalEvent',
				embeddableId: { __rl: true, mode: 'id', value: 'flow_myexampleflow' },
				options: { maxRetries: 0 },
			},
			credentials: { [`${name}Api`]: { id: null, name: `${title} sandbox` } },
			onError,
		});
		const triggers = await Promise.all(
			errorModes.map(async (onError) => await Trigger.add(n8n, { followedBy: [nodeWith(onError)] })),
		);
		for (const action of actions) {
			const before = sandbox.requests().length;
			if (action) sandbox.misbehave({ times: 'always', do: action });
			for (const { url } of triggers) await fetch(url, { method: 'POST', body: JSON.stringify(track) });
			await n8n.waitUntilIdle();
			expect(sandbox.requests().length - before).toBe(triggers.length);
			sandbox.behave();
		}
		for (const { workflowId } of triggers) await show(workflowId, actions.length);
	});
});

describe('credential tests', () => {
	test.each([200, 302, 401, 403, 500])(
		'show no key that the service repeats with status %i',
		async (status) => {
			for (const credential of demoCredentials(sandbox)) {
				const id = await n8n.addCredential(credential);
				const before = sandbox.requests().length;
				sandbox.misbehave({ times: 'always', do: { reflect: { status, as: 'json' } } });
				const body = { credentials: { ...credential, id } };
				const { message } = await n8n.rest<{ message: string }>('POST', '/rest/credentials/test', body);
				sandbox.behave();

				expect(message).toMatch(/./);
				// n8n checks the write key without a service.
				const isOfService = 'baseUrl' in credential.data;
				const answers = sandbox.requests().slice(before);
				expect(answers.length > 0).toBe(isOfService);
				for (const { answer, headers } of answers) {
					const proofs = proofsOfSandbox([{ headers }]);
					expect(findSecrets(answer, [...keysOfSandbox, ...proofs])).not.toEqual([]);
				}
				// n8n itself shows the reason phrase of the service's answer to the user who clicks "Test".
				const [reasonPhrase] = message.match(/^Did not like .*$/) ?? [];
				const shownHere = reasonPhrase === undefined ? { [`${credential.name}, tested`]: message } : {};
				expect(findSecrets(shownHere, keysOfSandbox)).toEqual([]);
				shown.push(shownHere);
			}
		},
	);
});

/** An event must not keep the secret or signature of its request. */
describe('the trigger', () => {
	const secret = 'canary-of-the-trigger-0123456789';
	const now = String(Math.floor(Date.now() / 1000));
	const hmac = (text: string, encoding: 'hex' | 'base64' = 'hex', key: string | Buffer = secret) =>
		createHmac('sha256', key).update(text).digest(encoding);
	const basic = (user: string, password: string) => ({
		authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
	});
	const signed = { signingSecret: secret };
	type Proof = (body: string) => Record<string, string>;

	const schemes: Array<[string, Credential['data'], Proof]> = [
		['writeKey', { writeKeySecret: secret }, () => basic(secret, '')],
		['writeKey', { writeKeySecret: secret }, () => ({ 'x-write-key': secret })],
		['header', { headerName: 'X-Hook', headerValueSecret: secret }, () => ({ 'x-hook': secret })],
		['basicAuth', { basicUser: 'n8n', basicPassword: secret }, () => basic('n8n', secret)],
		[
			'standardWebhooks',
			{ signingSecret: `whsec_${Buffer.from(secret).toString('base64')}` },
			(body) => ({
				'webhook-id': 'message-1',
				'webhook-timestamp': now,
				'webhook-signature': `v1,${hmac(`message-1.${now}.${body}`, 'base64')}`,
			}),
		],
		[
			'segment',
			signed,
			(body) => ({ 'x-segment-signature': createHmac('sha1', secret).update(body).digest('hex') }),
		],
		['github', signed, (body) => ({ 'x-hub-signature-256': `sha256=${hmac(body)}` })],
		['stripe', signed, (body) => ({ 'stripe-signature': `t=${now},v1=${hmac(`${now}.${body}`)}` })],
		['shopify', signed, (body) => ({ 'x-shopify-hmac-sha256': hmac(body, 'base64') })],
		[
			'customerIo',
			signed,
			(body) => ({ 'x-cio-timestamp': now, 'x-cio-signature': hmac(`v0:${now}:${body}`) }),
		],
		['outpost', signed, (body) => ({ 'x-outpost-signature': `v0=${hmac(body)}` })],
		[
			'customHmac',
			{ ...signed, signatureHeader: 'X-Signature', signedTemplate: '{body}' },
			(body) => ({ 'x-signature': hmac(body) }),
		],
	];
	const nobodyAsked = {
		cookie: 'session=canary-in-a-cookie',
		'x-forwarded-authorization': 'canary-in-a-header',
	};
	const body = JSON.stringify([track, { type: 'track', properties: { text: 'rejected' } }]);
	const tampered = body.replace('Order', 'Ordre');

	/** Returns the secrets and signatures in headers, without prefixes. */
	const proofsIn = (headers: Record<string, string>) =>
		Object.values(headers)
			.flatMap((value) => value.split(/[ ,]/))
			.map((value) => value.replace(/^(?:sha256|v1|v0|t)=/, ''))
			.filter((value) => value.length > 20);

	/** @param more headers without a secret */
	async function post(
		trigger: Trigger,
		sent: string,
		proof: Record<string, string>,
		more: Record<string, string> = {},
	): Promise<number> {
		sendersSecrets.push(
			...proofsIn(proof),
			'canary-in-a-cookie',
			'canary-in-a-header',
			'canary-in-the-query',
		);
		const url = `${trigger.url}?write_key=canary-in-the-query`;
		const response = await fetch(url, {
			method: 'POST',
			headers: { ...proof, ...nobodyAsked, ...more },
			body: sent,
		});
		shown.push(await response.text(), [...response.headers]);
		return response.status;
	}

	test.each(schemes)('%s', async (scheme, data, prove) => {
		sendersSecrets.push(secret);
		const trigger = await Trigger.add(n8n, { credential: { scheme, ...data } });
		const wrong = Object.fromEntries(
			Object.entries(prove(body)).map(([name, value]) => [name, value.replace(/.{4}$/, 'cafe')]),
		);
		expect(await post(trigger, body, prove(body))).toBe(200);
		expect(await post(trigger, body, {})).toBe(401);
		expect(await post(trigger, body, wrong)).toBe(401);
		if (!Object.values(prove(body)).some((value) => Object.values(prove(tampered)).includes(value))) {
			expect(await post(trigger, tampered, prove(body))).toBe(401);
		}
		const { events, rejected } = await trigger.given();
		expect([events.length, rejected.length]).toEqual([1, 1]);
		await show(trigger.workflowId, 1);
	});

	test.each([
		['Segment in the browser', { batch: [track, { type: 'track' }], writeKey: secret }],
		['one event', { ...track, writeKey: secret }],
		['one event that is rejected', { type: 'track', writeKey: secret, userId: 'u1' }],
		[
			'PostHog',
			{
				api_key: secret,
				batch: [
					{ event: 'paid', distinct_id: 'u1', properties: { token: secret } },
					{ event: 'paid', properties: { token: secret } },
				],
			},
		],
		[
			'JSON that says it elsewhere, too',
			{ ...track, writeKey: secret, properties: { config: { key: secret } } },
		],
	])('hides a write key in the body: %s', async (_, sent) => {
		const trigger = await Trigger.add(n8n, { credential: { scheme: 'writeKey', writeKeySecret: secret } });
		expect(await post(trigger, JSON.stringify(sent), {})).toBe(200);
		await trigger.given();
		await show(trigger.workflowId, 1);
	});

	const cloudEvent = { specversion: '1.0', id: '1', source: '/shop', type: 'paid', subject: 'u1' };
	const config = { config: { writeKey: secret } };

	test.each([
		[
			'in Base64 in',
			{
				...cloudEvent,
				datacontenttype: 'application/json',
				data_base64: Buffer.from(JSON.stringify(config)).toString('base64'),
			},
			{ 'content-type': 'application/cloudevents+json' },
		],
		[
			'in the headers of',
			{ total: 42 },
			{
				'content-type': 'application/json',
				...Object.fromEntries(Object.entries(cloudEvent).map(([name, value]) => [`ce-${name}`, value])),
				'ce-id': `${secret}-1`,
				'ce-writekey': secret.replace('c', '%63'),
			},
		],
	])('hides a write key %s a CloudEvent', async (_, sent, headers) => {
		const trigger = await Trigger.add(n8n, { credential: { scheme: 'writeKey', writeKeySecret: secret } });
		expect(await post(trigger, JSON.stringify(sent), { 'x-write-key': secret }, headers)).toBe(200);
		expect((await trigger.given()).events).toHaveLength(1);
		await show(trigger.workflowId, 1);
	});
});

async function show(workflowId: string, count: number): Promise<void> {
	const executions = await n8n.waitForExecutions(count, { workflowId });
	expect(executions).toHaveLength(count);
	shown.push(executions, await n8n.rest('GET', `/rest/workflows/${workflowId}`));
	for (const { id } of executions) shown.push(await n8n.rest('GET', `/rest/executions/${id}`));
}

/** Returns SuprSend's signatures in these requests. */
const proofsOfSandbox = (requests: ReadonlyArray<Pick<SandboxRequest, 'headers'>>) =>
	requests.flatMap(
		({ headers: { authorization = '' } }) => /:([\w+/]{20,}=*)$/.exec(authorization)?.[1] ?? [],
	);

/** Searches what all tests above have left behind. Fails without them, so run the whole file. */
describe('after all of these tests', () => {
	const everySecret = () => [
		...new Set([...keysOfSandbox, ...proofsOfSandbox(sandbox.requests('suprsend')), ...sendersSecrets]),
	];

	test('finds no secret in what n8n’s API has shown', () => {
		expect(findSecrets(shown, everySecret()).slice(0, 20)).toEqual([]);
		// The search reaches the nodes, the credential tests and the trigger: it finds other texts from each.
		expect(findSecrets(shown, ['Order Completed'])).not.toEqual([]);
		expect(findSecrets(shown, ['SuprSend sandbox, tested'])).not.toEqual([]);
		expect(findSecrets(shown, ['accepted'])).not.toEqual([]);
		expect(sendersSecrets).not.toEqual([]);
	});

	test('finds no secret in n8n’s database, its log and its other files', async () => {
		await n8n.kill('SIGTERM');
		const { log, ...others } = await leftBehind(n8n);
		const ofCredentialTests = (line: string) =>
			generation.logsAnswersToTests && line.includes('Credential test failed');
		const left = { ...others, log: log.filter((line) => !ofCredentialTests(line)) };

		expect(findSecrets(left, everySecret()).slice(0, 20)).toEqual([]);
		// The search reaches the database and the log: it finds other texts in them.
		expect(findSecrets(left.database, ['Order Completed'])).not.toEqual([]);
		expect(findSecrets(left.log, ['refused a request: The'])).not.toEqual([]);
	});
});
