import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { cancelled, type FailureCode } from '../../nodes/shared/service/failure';
import { startSandbox, type Sandbox } from '../sandbox';
import type { Action } from './harness/misbehaviors';
import { fieldsOf } from './harness/settings';
import { nodeTypesOfPackage, packageName } from './harness/package-types';
import { event, send, senders, type Sender } from './harness/senders';

/**
 * Does what the message of each failure says first, as a program: it fills in the field, sends the JSON or sets the
 * option that the message names. Then the item must be delivered, or the message says that only the service can help.
 */

const [relationKit, suprSend, , rehook] = senders as [Sender, Sender, Sender, Sender];

let sandbox: Sandbox;
let webPage: Server;
let untrusted: Server;

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const listening = async (server: Server) =>
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

beforeAll(async () => {
	sandbox = await startSandbox();
	webPage = createServer((_, response) => response.end('<!doctype html><h1>Sign in</h1>'));
	const fixture = (name: string) => readFileSync(join(__dirname, 'fixtures', name));
	untrusted = createTlsServer(
		{ key: fixture('self-signed.key'), cert: fixture('self-signed.crt') },
		(_, response) => response.end(),
	);
	await Promise.all([listening(webPage), listening(untrusted)]);
});
afterAll(async () => {
	await sandbox.close();
	webPage.close();
	untrusted.close();
});
beforeEach(() => sandbox.reset());

/** What a user set up: the node, the item and the credential. */
interface Attempt {
	sender: Sender;
	item: IDataObject;
	parameters: INodeParameters;
	credential: ICredentialDataDecryptedObject;
}

interface Told {
	code: string;
	message: string;
	description: string;
}

async function run({ sender, item, parameters, credential }: Attempt): Promise<IDataObject> {
	const { output } = await send(sender, sandbox, [item], {
		parameters,
		credential,
		onError: 'continueRegularOutput',
	});
	return output[0]?.json ?? {};
}

interface Case {
	sender?: Sender;
	item?: IDataObject;
	parameters?: INodeParameters;
	credential?: () => ICredentialDataDecryptedObject;
	fault?: Action;
	/** What the message must say. Its groups go to `follow`. */
	says: RegExp;
	/** Does what it says. Without it, only the service can help. */
	follow?: (attempt: Attempt, groups: Record<string, string>, told: Told) => Promise<Attempt> | Attempt;
}

/** The name and the example of the node's parameter with this label. */
function fieldWith(label: string, { sender, parameters }: Attempt): [name: string, example: string] {
	const { properties = [] } = nodeTypesOfPackage.get(`${packageName}.${sender.node}`)?.description ?? {};
	const shown = properties.filter(
		({ displayOptions: { show } = {} }) => show?.resource?.includes(String(parameters.resource)) !== false,
	);
	const field = shown.find(({ displayName }) => displayName === label);
	if (field === undefined) throw new Error(`The form has no field '${label}'`);
	return [field.name, field.placeholder?.replace(/^e\.g\. /, '') ?? ''];
}

/** The name of the entry of "Options" with this label. */
function optionWith(label: string, { sender }: Attempt): string {
	const { properties = [] } = nodeTypesOfPackage.get(`${packageName}.${sender.node}`)?.description ?? {};
	const options = properties.filter(({ name }) => name === 'options').flatMap(fieldsOf);
	const option = options.find(({ displayName }) => displayName === label);
	if (option === undefined) throw new Error(`There is no option '${label}'`);
	return option.name;
}

const withParameters = (attempt: Attempt, parameters: INodeParameters): Attempt => ({
	...attempt,
	parameters: { ...attempt.parameters, ...parameters },
});

/** Corrects the field of the credential that the message names. */
function correctCredential(attempt: Attempt, { field = '' }: Record<string, string>): Attempt {
	expect(['Base URL', 'active keys']).toContain(field);
	return { ...attempt, credential: {} };
}

/** Sends the same again, once the fault is over. */
function sendAgain(attempt: Attempt): Attempt {
	sandbox.reset();
	return attempt;
}

const fields = (parameters: INodeParameters): INodeParameters => ({
	mappingMode: 'defineBelow',
	...parameters,
});

const baseUrl = "'(?<field>Base URL)' in the [\\w ]+ credential";

const cases: Record<FailureCode, Case> = {
	invalid_event: {
		item: { id: 'u1', email: 'ada@example.com' },
		says: /An event looks like this: (?<json>\{.*\})$/m,
		follow: (attempt, { json = '' }) => ({ ...attempt, item: JSON.parse(json) as IDataObject }),
	},
	invalid_record: {
		parameters: fields({ distinctId: '={{ $json.missing }}', eventName: 'Signed Up' }),
		says: /'(?<label>[\w ]+)' \([\w.]+\): Fill in/,
		follow: (attempt, { label = '' }) => {
			const [name, example] = fieldWith(label, attempt);
			return withParameters(attempt, { [name]: example });
		},
	},
	record_too_large: {
		item: event(0, { properties: { invoice: 'x'.repeat(120_000) } }),
		says: /Send less data, for example a (?<instead>link) instead of a file/,
		follow: (attempt, { instead = '' }) => ({
			...attempt,
			item: event(0, { properties: { [instead]: 'https://example.com/invoice.pdf' } }),
		}),
	},
	unreadable_item: {
		parameters: { eventField: 'body.event' },
		says: /Correct '(?<label>[\w ]+)', or leave it empty if the item itself is the event/,
		follow: (attempt, { label = '' }) => withParameters(attempt, { [fieldWith(label, attempt)[0]]: '' }),
	},
	misconfigured: {
		credential: () => ({ baseUrl: 'http://api.example.com' }),
		says: /Open this node's SuprSend credential and correct its '(?<field>Base URL)'/,
		follow: correctCredential,
	},
	refused: {
		sender: rehook,
		parameters: fields({
			resource: 'coupon',
			operation: 'validate',
			couponId: 'CUP-21',
			couponCode: 'CUP-21',
		}),
		says: /Correct '(?<label>Coupon ID)' or 'Coupon Code'/,
		follow: (attempt, { label = '' }) => {
			const [name] = fieldWith(label, attempt);
			return withParameters(attempt, { [name]: 'coupm_rq4XiTPbrhq0d0i92EkSx' });
		},
	},
	unauthorized: {
		credential: () => ({ apiKey: 'wrong' }),
		says: /Open this node's SuprSend credential and enter (?<field>active keys)/,
		follow: correctCredential,
	},
	not_found: {
		parameters: {
			resource: 'user',
			operation: 'get',
			distinctId: { __rl: true, mode: 'id', value: 'unknown' },
		},
		says: /distinct_id: '(?<id>\w+)'\] not found[^]*(?<operation>Identify) the user first/,
		follow: async (attempt, { id = '', operation = '' }) => {
			const identify = fields({ resource: 'user', operation: operation.toLowerCase(), distinctId: id });
			expect(await run(withParameters(attempt, identify))).toMatchObject({ status: 'delivered' });
			return attempt;
		},
	},
	rate_limited: {
		fault: { status: 429 },
		says: /Nothing was accepted\. Send the failed items again later, or set 'Requests per Second'/,
		follow: sendAgain,
	},
	unavailable: {
		fault: { status: 503 },
		says: /The problem is on SuprSend's side: send the failed items again later/,
	},
	unexpected_answer: {
		credential: () => ({ baseUrl: `http://127.0.0.1:${portOf(webPage)}` }),
		says: new RegExp(`Check the ${baseUrl}`),
		follow: correctCredential,
	},
	unreachable: {
		credential: () => ({ baseUrl: 'http://127.0.0.1:9' }),
		says: new RegExp(`Check the ${baseUrl}`),
		follow: correctCredential,
	},
	bad_certificate: {
		credential: () => ({ baseUrl: `https://127.0.0.1:${portOf(untrusted)}` }),
		says: new RegExp(`Check the ${baseUrl}`),
		follow: correctCredential,
	},
	timed_out: {
		sender: relationKit,
		fault: { delayMs: 1_500 },
		parameters: { options: { eventNameFormat: 'asIs', timeout: 1 } },
		says: /Check RelationKit before you send the failed items again\..* increase '(?<label>[\w ()]+)' in the options/,
		follow: (attempt, { label = '' }) => {
			// It is there: the event arrived, and needs no repetition. The next one gets more time.
			expect(sandbox.records('relationkit')).toHaveLength(1);
			const options = { ...(attempt.parameters.options as INodeParameters), [optionWith(label, attempt)]: 5 };
			return withParameters(attempt, { options });
		},
	},
	connection_lost: {
		sender: relationKit,
		fault: { reset: 'before-reading' },
		says: /RelationKit might have received the request\. Check RelationKit before you send the failed items again/,
		follow: (attempt) => {
			expect(sandbox.records('relationkit')).toEqual([]);
			return sendAgain(attempt);
		},
	},
	cancelled: {
		// n8n shows no output of a node that was stopped, so the failure comes from the code that makes it.
		says: /Nothing was sent for this item\. Send the item again\./,
		follow: sendAgain,
	},
};

describe.each(Object.entries(cases))('%s', (code, { follow, says, ...given }) => {
	const { sender = suprSend, item = event(0), parameters = {}, credential = () => ({}), fault } = given;

	/** Fails, and returns what the user is told. */
	async function fail(attempt: Attempt): Promise<Told> {
		if (code === 'cancelled') return cancelled(0);
		if (fault !== undefined) sandbox.misbehave({ provider: sender.provider, times: 'always', do: fault });
		const { status, reason } = await run(attempt);
		expect({ status, reason }).toMatchObject({ status: 'failed', reason: { code } });
		return reason as unknown as Told;
	}

	const title = follow === undefined ? 'says that only the service can help' : 'is solved by its message';
	test(title, async () => {
		// Without retries, a fault that is over would not show.
		const options = { eventNameFormat: 'asIs', ...(parameters.options as object), maxRetries: 0 };
		const attempt: Attempt = {
			sender,
			item,
			credential: credential(),
			parameters: { resource: 'event', operation: 'send', ...parameters, options },
		};
		const told = await fail(attempt);
		const text = `${told.message}\n${told.description}`;
		expect(text).toMatch(says);
		if (follow === undefined) return;

		const followed = await follow(attempt, says.exec(text)?.groups ?? {}, told);
		const result = await run(followed);
		expect(result).not.toMatchObject({ status: 'failed' });
		if ('status' in result) expect(result).toMatchObject({ status: 'delivered' });
	});
});

describe('a message shows the value that it is about', () => {
	const failure = async (sender: Sender, parameters: INodeParameters) => {
		const { reason } = await run({ sender, item: {}, credential: {}, parameters });
		return (reason as unknown as Told).message;
	};

	test('when the value breaks a rule', async () => {
		const send = fields({ resource: 'event', operation: 'send', distinctId: 'u1', eventName: '$mine' });
		expect(await failure(suprSend, send)).toMatch(/SuprSend reserves event names.* \(found "\$mine"\)/);
	});

	test('when the service has no such entity', async () => {
		const user = { __rl: true, mode: 'id', value: 'unknown' };
		const read = { resource: 'user', operation: 'get', distinctId: user };
		expect(await failure(suprSend, read)).toMatch(/unknown/);
		const wallet = { resource: 'customer', operation: 'get', sourceId: 'nobody@123' };
		expect(await failure(rehook, wallet)).toMatch(/source_id "nobody@123"/);
	});

	test('but not when it may be a secret', async () => {
		const slack = { channel: 'slack', slackBy: 'incoming_webhook', slackWebhookUrl: 'not a URL but secret' };
		const channels = { channel: [slack] };
		const identify = fields({ resource: 'user', operation: 'identify', distinctId: 'u1', channels });
		const { warnings, reason } = await run({
			sender: suprSend,
			item: {},
			credential: {},
			parameters: identify,
		});
		expect(JSON.stringify({ warnings, reason })).not.toContain('not a URL but secret');
	});
});
