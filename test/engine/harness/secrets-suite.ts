import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import type { ICredentialDataDecryptedObject, INodeParameters, OnError } from 'n8n-workflow';
import type { Operation } from '../../../nodes/shared';
import type { Sandbox, SandboxRequest } from '../../sandbox';
import { actionOf, misbehaviors, type Action } from './misbehaviors';
import { nodeTypesOfPackage, packageCredentialTypes, packageName } from './package-types';
import type { RequestCase } from './provider-suite';
import type { ProviderUnderTest } from './providers-under-test';
import { runNode } from './run-node';
import { searchList } from './search-list';
import { findSecrets } from '../../secret-scan';

const errorModes: OnError[] = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];

interface Situation {
	title: string;
	fault?: () => Action;
	/** Values with priority over the sandbox's keys. */
	credential?: ICredentialDataDecryptedObject;
	options?: INodeParameters;
	/** Whether the service repeats the keys, so that there is something to find. */
	reflects?: boolean;
}

/**
 * Runs every operation with everything that can go wrong, including a service that repeats the keys, and looks for the
 * keys in items, errors, hints and logs. The error modes take turns: each meets every operation and every situation.
 */
export function describeSecrets(
	{ provider, node, sandboxName, credential }: Omit<ProviderUnderTest, 'settings' | 'namePaths'>,
	cases: readonly RequestCase[],
	sandboxOf: () => Sandbox,
): void {
	const examples = provider.operations.map((operation) => exampleOf(operation, cases));
	const keyFields = passwordFieldsOf(provider.credentialType).filter((field) => field in credential);
	const situations = situationsWith((change) =>
		Object.fromEntries(keyFields.map((field) => [field, change(String(credential[field]))])),
	);
	const runs = examples.length * situations.length;

	describe(`keeps keys secret: ${examples.length} operations, ${situations.length} situations, ${runs} runs`, () => {
		test.each(situations.map((each, index) => [each.title, each, index] as const))(
			'%s',
			async (_, situation, turn) => {
				const sandbox = sandboxOf();
				for (const { arrange } of examples) await arrange?.(sandbox);
				const arranged = sandbox.requests().length;
				if (situation.fault) {
					sandbox.misbehave({ provider: sandboxName, times: 'always', do: situation.fault() });
				}
				const used: ICredentialDataDecryptedObject = {
					...credential,
					baseUrl: sandbox.baseUrl(sandboxName),
					...situation.credential,
				};
				const logs = recordLogs();
				const left = await Promise.all(
					examples.map(async ({ name, parameters, items }, index) => {
						const onError = errorModes[(turn + index) % errorModes.length];
						const options = { ...(parameters.options as object), maxRetries: 0, ...situation.options };
						const { execution, stored } = await runNode({
							node,
							credentials: { [provider.credentialType]: used },
							items,
							onError,
							parameters: { ...parameters, options },
						});
						expect(stored).toHaveLength(1);
						return { [`${name}, ${onError}`]: execution };
					}),
				);

				const keys = keyFields.map((field) => String(used[field]));
				const sent = sandbox.requests().slice(arranged);
				const proofs = proofsIn(sent);
				const found = findSecrets({ left, logs: logs() }, [...keys, ...proofs, inBaseUrl]);
				expect(found.slice(0, 20)).toEqual([]);

				// There was something to find.
				if (situation.fault) expect(sent.length).toBeGreaterThanOrEqual(left.length);
				if (situation.reflects) {
					const answers = sent.map(({ answer }) => answer);
					expect(findSecrets(answers, [...keys, ...proofs])).not.toEqual([]);
				}
			},
		);

		const lists = Object.keys(nodeTypesOfPackage.get(`${packageName}.${node}`)?.methods?.listSearch ?? {});
		if (lists.length === 0) return;
		test('keeps keys out of the lists that fields offer, from a service that repeats them', async () => {
			const sandbox = sandboxOf();
			const used: ICredentialDataDecryptedObject = {
				...credential,
				baseUrl: sandbox.baseUrl(sandboxName),
			};
			const filledIn = examples.map(({ parameters }) => parameters);
			const run = {
				node,
				parameters: Object.assign({}, everyId, ...filledIn) as INodeParameters,
				credentials: { [provider.credentialType]: used },
			};
			const logs = recordLogs();
			const left: unknown[] = [];
			for (const { fault } of reflections('the keys', [200, 400])) {
				sandbox.behave();
				sandbox.misbehave({ provider: sandboxName, times: 'always', do: fault() });
				for (const list of lists) {
					left.push(await searchList(list, run).catch((error: unknown) => error));
				}
			}
			const sent = sandbox.requests();
			expect(sent).not.toEqual([]);
			const keys = keyFields.map((field) => String(used[field]));
			expect(findSecrets({ left, logs: logs() }, [...keys, ...proofsIn(sent)]).slice(0, 20)).toEqual([]);
		});
	});
}

/** The fields that other lists depend on. */
const everyId: INodeParameters = {
	embeddableId: { __rl: true, mode: 'id', value: 'flow_myexampleflow' },
	sourceId: 'krishna@123',
};

/** Keys as HTTP Basic encodes them, or a signature. Either would let others send the same request. */
const proof = /^(?:Basic |[^ ]+:)([\w+/]{20,}=*)$/;

const proofsIn = (requests: readonly SandboxRequest[]) =>
	requests.flatMap(({ headers }) => proof.exec(headers.authorization ?? '')?.[1] ?? []);

const inBaseUrl = 'secret-in-base-url';

type ChangeKeys = (change: (key: string) => string) => ICredentialDataDecryptedObject;

function situationsWith(changeKeys: ChangeKeys): Situation[] {
	const padded = changeKeys((key) => ` ${key} `);
	const odd = changeKeys((key) => `${key} "schlüssel" \\ <&%+/>`);
	const unfit = changeKeys((key) => `${key} ключ 🔑`);
	return [
		{ title: 'All as it should be' },
		{ title: 'Preview Only', options: { previewOnly: true } },
		...misbehaviors.map((each) => ({
			title: each.title,
			fault: () => actionOf(each),
			options: each.timeout === undefined ? {} : { timeout: each.timeout },
		})),
		...reflections('the keys', [200, 302, 400, 401, 429, 500]),
		...reflections('keys with blanks around them', [200, 400], padded),
		...reflections('keys with odd characters', [200, 400], odd),
		{ title: 'Keys with a line break', credential: changeKeys((key) => `${key}\n`) },
		{ title: 'Keys that no header can hold', credential: unfit },
		{ title: 'Preview Only, with such keys', credential: unfit, options: { previewOnly: true } },
		{
			title: 'A password in the Base URL',
			credential: { baseUrl: `https://user:${inBaseUrl}@127.0.0.1` },
		},
		{ title: 'A token in the Base URL', credential: { baseUrl: `http://127.0.0.1/?token=${inBaseUrl}` } },
	];
}

function reflections(
	keys: string,
	statuses: number[],
	credential?: ICredentialDataDecryptedObject,
): Array<Situation & { fault: () => Action }> {
	return statuses.flatMap((status) =>
		(['json', 'text'] as const).map((as) => ({
			title: `${status} that tells ${keys} back as ${as}`,
			fault: () => ({ reflect: { status, as } }),
			credential,
			reflects: true,
		})),
	);
}

interface Example {
	name: string;
	parameters: INodeParameters;
	items: Array<NonNullable<RequestCase['event']>>;
	arrange: RequestCase['arrange'];
}

/** Returns the first documented case of an operation. A summary operation uses the case of its single one. */
function exampleOf({ resource, operation, summary }: Operation, cases: readonly RequestCase[]): Example {
	const name = `${resource}:${operation}`;
	const found = cases.find((each) =>
		summary === true ? `${each.operation}Many` === name && each.event !== undefined : each.operation === name,
	);
	if (found === undefined) throw new Error(`There is no case of ${name}`);
	const { settings, fields, event, arrange } = found;
	const from =
		event === undefined ? { mappingMode: 'defineBelow', ...fields } : { mappingMode: 'canonicalEvent' };
	return { name, parameters: { resource, operation, ...settings, ...from }, items: [event ?? {}], arrange };
}

/** Returns the fields of a credential that its form hides. */
function passwordFieldsOf(credentialType: string): string[] {
	const type = packageCredentialTypes.find(({ name }) => name === credentialType);
	const hidden = type?.properties.filter(({ typeOptions }) => typeOptions?.password === true) ?? [];
	return hidden.map(({ name }) => name);
}

/** Records everything that n8n's logger and the console get from now on, at any level. */
function recordLogs(): () => unknown[] {
	const logger = Container.get(Logger);
	const spies = (['error', 'warn', 'info', 'debug'] as const).flatMap((level) => [
		jest.spyOn(logger, level).mockReturnValue(undefined),
		jest.spyOn(console, level).mockReturnValue(undefined),
	]);
	return () =>
		spies.map((spy) => {
			const calls: unknown = spy.mock.calls;
			spy.mockRestore();
			return calls;
		});
}
