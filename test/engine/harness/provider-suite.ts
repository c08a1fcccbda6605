import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Provider } from '../../../nodes/shared';
import { startSandbox, type Sandbox, type SandboxRequest } from '../../sandbox';
import type { ProviderUnderTest } from './providers-under-test';
import { runNode, type NodeRun } from './run-node';
import { describeSecrets } from './secrets-suite';

/** A filled-in form, or the event with the same facts, and the request that both must send. */
export interface RequestCase {
	title: string;
	/** Resource and operation, e.g. `event:send`. */
	operation: string;
	/** Parameters that are set for fields and for an event. */
	settings?: INodeParameters;
	/** The node's fields ("Define Below", if there is a mapping mode). */
	fields?: INodeParameters;
	/** A canonical event with the same facts. */
	event?: IDataObject;
	/** Prepares the service before the request. */
	arrange?: (sandbox: Sandbox) => Promise<void> | void;
	request: {
		method: string;
		/** Path on the service's host. */
		path: string;
		query?: string;
		/** Compared as JSON; `undefined` if there is none. */
		body?: unknown;
		headers?: Record<string, unknown>;
	};
	/** The `response` of the results, or the entities that a read returns. */
	responses?: unknown[];
	/** How many requests are made, e.g. 2 if one ensures a customer first. Default: 1. */
	requests?: number;
	/** The position of the request among them. Default: the last one. */
	at?: number;
}

/** Something that the service documents as wrong, so the node must refuse it and send nothing. */
export interface RefusalCase {
	title: string;
	operation: string;
	settings?: INodeParameters;
	fields?: INodeParameters;
	event?: IDataObject;
	/** The failure's code. Default: `invalid_record`. */
	code?: string;
	message: RegExp;
}

/** An optional value that the service documents as wrong, so the node must send the rest and warn. */
export type LeftOutCase = Omit<RefusalCase, 'code'>;

/**
 * Tests a service: each operation sends the documented request, from fields and from an event, and refuses what the
 * documentation refuses, or leaves it out. Tests of one service only go into its own file.
 */
export function describeProvider(
	under: Omit<ProviderUnderTest, 'settings' | 'namePaths'>,
	requests: readonly RequestCase[],
	refusals: readonly RefusalCase[],
	leftOut: readonly LeftOutCase[] = [],
): { run: (parameters: INodeParameters, items?: IDataObject[]) => Promise<NodeRun>; sandbox: () => Sandbox } {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterAll(async () => await sandbox.close());
	beforeEach(() => sandbox.reset());

	const { provider, node, sandboxName, credential } = under;
	/** The items are events, unless the parameters say otherwise. */
	const run = async (parameters: INodeParameters, items: IDataObject[] = [{}]) =>
		await runNode({
			node,
			parameters: { mappingMode: 'canonicalEvent', ...parameters },
			credentials: {
				[provider.credentialType]: { ...credential, baseUrl: sandbox.baseUrl(sandboxName) },
			},
			items,
			onError: 'continueRegularOutput',
		});

	describe.each(requests.map((each) => [`${each.operation}, ${each.title}`, each] as const))(
		'%s',
		(_, each) => {
			const check = async (result: NodeRun) => {
				const { body, query = '', headers = {}, ...line } = each.request;
				const sent = sandbox.requests(sandboxName);
				expect(result.output.map(({ json }) => json)).not.toEqual([]);
				const isRead = findOperation(provider, each.operation).result?.entity !== undefined;
				const answered = result.output.map(({ json }) => (isRead ? json : json.response));
				for (const { json } of result.output) {
					if (isRead) expect(json).not.toHaveProperty('status', 'failed');
					else expect(json).toMatchObject({ status: 'delivered' });
				}
				expect(sent).toHaveLength(each.requests ?? 1);
				const last = sent.at(each.at ?? -1) as SandboxRequest;
				expect(last).toMatchObject({ ...line, query, headers });
				expect(last.body).toEqual(body);
				if (each.responses !== undefined) {
					expect(answered).toEqual(each.responses);
				}
			};
			const { fields, event, settings } = each;
			if (fields !== undefined) {
				test('from fields', async () => {
					await each.arrange?.(sandbox);
					await check(
						await run({ ...parametersOf(each.operation, provider, 'fields'), ...settings, ...fields }),
					);
				});
			}
			if (event !== undefined) {
				test('from an event', async () => {
					await each.arrange?.(sandbox);
					await check(
						await run({ ...parametersOf(each.operation, provider, 'event'), ...settings }, [event]),
					);
				});
			}
		},
	);

	describe('refused before anything is sent', () => {
		test.each(refusals.map((each) => [`${each.operation}, ${each.title}`, each] as const))(
			'%s',
			async (_, { operation, settings, fields, event, code = 'invalid_record', message }) => {
				const from = event === undefined ? 'fields' : 'event';
				const parameters = { ...parametersOf(operation, provider, from), ...settings, ...fields };
				const { output } = await run(parameters, [event ?? {}]);
				expect(output[0]?.json).toMatchObject({ status: 'failed', attempts: 0, reason: { code } });
				expect(String((output[0]?.json.reason as IDataObject).message)).toMatch(message);
				expect(sandbox.requests()).toEqual([]);
			},
		);
	});

	if (leftOut.length > 0) {
		describe('left out with a warning', () => {
			test.each(leftOut.map((each) => [`${each.operation}, ${each.title}`, each] as const))(
				'%s',
				async (_, { operation, settings, fields, event, message }) => {
					const from = event === undefined ? 'fields' : 'event';
					const parameters = { ...parametersOf(operation, provider, from), ...settings, ...fields };
					const { output } = await run(parameters, [event ?? {}]);
					expect(output[0]?.json).toMatchObject({
						status: 'delivered',
						warnings: [{ code: 'unusable_value', message: expect.stringMatching(message) }],
					});
				},
			);
		});
	}

	test('covers every operation with the request of its endpoint', () => {
		const tested = new Set(requests.map(({ operation }) => operation));
		const each = provider.operations.filter(({ summary }) => summary !== true);
		expect(each.map(({ resource, operation }) => `${resource}:${operation}`)).toEqual(
			each.map(({ resource, operation }) => `${resource}:${operation}`).filter((name) => tested.has(name)),
		);
		for (const { operation: name, request } of requests) {
			const { endpoint, otherEndpoints = [] } = findOperation(provider, name);
			const lines = [endpoint, ...otherEndpoints].map(({ method, path }) => `${method} ${path}`);
			const line = `${request.method} ${request.path}`;
			const asDocumented = (each: string) =>
				new RegExp(`^${each.replace(/\{\w+\}/g, '[^/]+').replace(' ', ' .*')}$`).test(line);
			expect({ name, line: lines.some(asDocumented) ? line : lines }).toEqual({ name, line });
		}
	});

	describeSecrets(under, requests, () => sandbox);

	return { run, sandbox: () => sandbox };
}

function parametersOf(name: string, provider: Provider, from: 'fields' | 'event'): INodeParameters {
	const { resource, operation, record } = findOperation(provider, name);
	const mappingMode = from === 'fields' ? 'defineBelow' : 'canonicalEvent';
	return { resource, operation, ...(record.fromEvent === undefined ? {} : { mappingMode }) };
}

function findOperation(provider: Provider, name: string) {
	const found = provider.operations.find(({ resource, operation }) => `${resource}:${operation}` === name);
	if (found === undefined) throw new Error(`${provider.displayName} has no operation ${name}`);
	return found;
}

/** Returns values as the editor stores them when they are filled in one by one: lists and objects as text. */
export function assignments(values: Record<string, unknown>): INodeParameters {
	const list = Object.entries(values).map(([name, value]) => {
		const type = Array.isArray(value) ? 'array' : typeof value;
		return { id: name, name, value: typeof value === 'object' ? JSON.stringify(value) : value, type };
	});
	return { assignments: list } as INodeParameters;
}
