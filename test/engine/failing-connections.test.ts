import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { startSandbox, type Fault, type Sandbox } from '../sandbox';
import { event, send, senders, type Sender } from './harness/senders';

let sandbox: Sandbox;
let untrusted: Server;

beforeAll(async () => {
	sandbox = await startSandbox();
	const fixture = (name: string) => readFileSync(join(__dirname, 'fixtures', name));
	untrusted = createServer(
		{ key: fixture('self-signed.key'), cert: fixture('self-signed.crt') },
		(_, response) => response.end(),
	);
	await new Promise<void>((resolve) => untrusted.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
	await sandbox.close();
	untrusted.close();
});
beforeEach(() => sandbox.reset());

interface Case {
	title: string;
	fault?: Fault['do'];
	credential?: (sender: Sender) => ICredentialDataDecryptedObject;
	timeout?: number;
	message: RegExp;
	wayOut: RegExp;
	reason: IDataObject;
}

const wrongKeys = (sender: Sender) =>
	Object.fromEntries(
		Object.entries(sender.credential).map(([field, value]) => [
			field,
			field === 'authentication' ? value : `wrong-${String(value)}`,
		]),
	);

const cases: Case[] = [
	{
		title: 'a wrong key',
		credential: wrongKeys,
		message: /did not accept the credential \(status 401\)/,
		wayOut: /Open this node's [\w ]+ credential/,
		reason: { code: 'unauthorized', retryable: false },
	},
	{
		title: 'a host that nobody listens at',
		credential: () => ({ baseUrl: 'http://127.0.0.1:9' }),
		message: /cannot be reached at 127\.0\.0\.1:9/,
		wayOut: /Nothing was sent\. Check the 'Base URL'.*ECONNREFUSED/,
		reason: { code: 'unreachable', retryable: true },
	},
	{
		title: 'a host that does not exist',
		credential: () => ({ baseUrl: 'https://no-such-host.invalid' }),
		message: /cannot be reached at no-such-host\.invalid/,
		wayOut: /Check the 'Base URL'/,
		reason: { code: 'unreachable', retryable: true },
	},
	{
		title: 'a certificate that cannot be trusted',
		credential: () => ({ baseUrl: `https://127.0.0.1:${(untrusted.address() as AddressInfo).port}` }),
		message: /certificate from 127\.0\.0\.1:\d+ cannot be trusted/,
		wayOut: /Nothing was sent.*NODE_EXTRA_CA_CERTS/,
		reason: { code: 'bad_certificate', retryable: false },
	},
	{
		title: 'https to a server that speaks http',
		credential: () => ({ baseUrl: sandbox.url.replace('http:', 'https:') }),
		message: /cannot be reached at/,
		wayOut: /Check the 'Base URL'/,
		reason: { code: 'unreachable' },
	},
	{
		title: 'plain http to another machine',
		credential: () => ({ baseUrl: 'http://api.example.com' }),
		message: /Base URL must start with https:\/\//,
		wayOut: /correct its 'Base URL'\. Nothing was sent/,
		reason: { code: 'misconfigured', retryable: false },
	},
	{
		title: 'a Base URL that is none',
		credential: () => ({ baseUrl: 'api.example.com' }),
		message: /Base URL is not a valid URL/,
		wayOut: /correct its 'Base URL'/,
		reason: { code: 'misconfigured' },
	},
	{
		title: 'a web page in place of an answer',
		fault: { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><h1>Sign in</h1>' },
		message: /Received a web page instead of a response from/,
		wayOut: /Check the 'Base URL'.*proxy/,
		reason: { code: 'unexpected_answer' },
	},
	{
		title: 'a redirect',
		fault: { status: 302, headers: { location: 'https://elsewhere.example' } },
		message: /redirected to another address \(status 302\)/,
		wayOut: /Correct the 'Base URL'/,
		reason: { code: 'unexpected_answer' },
	},
	{
		title: 'a refusal with an empty body',
		fault: { status: 400 },
		message: /refused the data \(status 400\)$/,
		wayOut: /Correct the item/,
		reason: { code: 'refused' },
	},
	{
		title: 'a refusal with a body that is not JSON',
		fault: { status: 400, headers: { 'content-type': 'text/plain' }, body: 'no, thank you' },
		message: /refused the data \(status 400\): no, thank you/,
		wayOut: /Correct the item/,
		reason: { code: 'refused' },
	},
	{
		title: 'a server error',
		fault: { status: 500, body: '{"broken": ' },
		message: /could not handle the request \(status 500\)/,
		wayOut: /might have accepted the data anyway/,
		reason: { code: 'unavailable', retryable: true, mayHaveBeenReceived: true },
	},
	{
		title: 'a rate limit',
		fault: { status: 429, headers: { 'x-request-id': 'req-7' } },
		message: /too many requests at once \(status 429\)/,
		wayOut: /'Requests per Second'/,
		reason: { code: 'rate_limited', retryable: true, requestId: 'req-7' },
	},
	{
		title: 'an answer that takes too long',
		fault: { delayMs: 1_500 },
		timeout: 1,
		message: /did not respond within 1 s/,
		wayOut: /might have received the request/,
		reason: { code: 'timed_out', mayHaveBeenReceived: true },
	},
	{
		title: 'an answer that never ends',
		fault: { dripMs: 200 },
		timeout: 1,
		message: /did not respond within 1 s/,
		wayOut: /might have received the request/,
		reason: { code: 'timed_out', mayHaveBeenReceived: true },
	},
	{
		title: 'a connection that breaks before the answer',
		fault: { reset: 'after-reading' },
		message: /The connection to [\w ]+ was lost/,
		wayOut: /might have received the request/,
		reason: { code: 'connection_lost', mayHaveBeenReceived: true },
	},
	{
		title: 'an answer that is cut short',
		fault: { truncate: true },
		message: /The connection to [\w ]+ was lost/,
		wayOut: /might have received the request/,
		reason: { code: 'connection_lost', mayHaveBeenReceived: true },
	},
];

describe.each(senders)('$title', (sender) => {
	test.each(cases)('$title', async ({ fault, credential, timeout, message, wayOut, reason }) => {
		const options = { eventNameFormat: 'asIs', maxRetries: 0, ...(timeout === undefined ? {} : { timeout }) };
		const misbehave = () => {
			sandbox.reset();
			if (fault !== undefined) sandbox.misbehave({ provider: sender.provider, do: fault } as Fault);
		};
		const more = {
			parameters: { options },
			...(credential === undefined ? {} : { credential: credential(sender) }),
		};

		misbehave();
		const stopped = await send(sender, sandbox, [event(0)], { ...more, onError: 'stopWorkflow' });
		expect(stopped.error?.message).toMatch(message);
		expect(stopped.error?.description).toMatch(wayOut);
		expect(stopped.error?.context).toMatchObject({ itemIndex: 0 });

		misbehave();
		const continued = await send(sender, sandbox, [event(0)], { ...more, onError: 'continueErrorOutput' });
		expect(continued.error).toBeUndefined();
		expect(continued.output).toEqual([]);
		expect(continued.errorOutput).toHaveLength(1);
		expect(continued.errorOutput[0]?.json).toMatchObject(event(0));
		expect((continued.errorOutput[0]?.json.error as IDataObject).message).toMatch(message);
		expect(continued.errorOutput[0]?.json.error).toMatchObject({ reason });
	});

	test('fails every item if the credential is missing', async () => {
		const items = [event(0), event(1)];
		const { errorOutput, output } = await send(sender, sandbox, items, {
			node: sender.node === 'suprSend' ? 'relationKit' : 'suprSend',
			onError: 'continueErrorOutput',
		});

		expect(output).toEqual([]);
		expect(errorOutput.map(({ json }) => json)).toMatchObject(items);
		expect(errorOutput[0]?.json.error).toMatchObject({ reason: { code: 'misconfigured' } });
	});
});

test('closes the connection of an answer that never ends', async () => {
	const [sender] = senders as [Sender];
	sandbox.misbehave({ provider: sender.provider, do: { dripMs: 200 } });
	await send(sender, sandbox, [event(0)], {
		onError: 'continueRegularOutput',
		parameters: { options: { maxRetries: 0, timeout: 1 } },
	});

	while (sandbox.requests()[0]?.ending === 'pending') await new Promise(setImmediate);
	expect(sandbox.requests()).toMatchObject([{ ending: 'aborted' }]);
});
