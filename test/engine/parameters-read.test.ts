import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { WebhookContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
} from 'n8n-workflow';
import { senderHelp } from '../../nodes/CustomerEvents/sender-help';
import { InMemoryCredentials } from './harness/credentials-helper';
import { observed, observeReads, type Reads } from './harness/observed-reads';
import { nodeTypesOfPackage, packageCredentialTypes, packageName } from './harness/package-types';
import { allProviders } from './harness/providers-under-test';
import { additionalData, nodeUnderTest, registryWith, runNode } from './harness/run-node';
import { event } from './harness/senders';
import { everyChoice, filledIn, namesShown } from './harness/settings';

/**
 * Every field in a form has an effect, and nodes read no field that isn't in the form: nodes run in n8n's engine with
 * every field filled in, and the fields they read are compared with those that n8n shows.
 */

/** Events of different kinds, at the paths that the placeholders of the fields show. */
const items: IDataObject[] = [
	event(1),
	event(2, { type: 'identify', traits: { email: 'jane@example.com', phone: '+15555555555' } }),
	event(3, { event: 'Product Added', properties: { product_id: 'p', price: 1, quantity: 1 } }),
	event(4, { type: 'group', groupId: 'acme' }),
	event(5, { type: 'alias', previousId: 'before' }),
].map((each) => ({ ...each, body: { event: each, batch: [each] } }));

const file = { data: { data: 'YQ==', mimeType: 'text/plain', fileName: 'a.txt' } };

interface Observed {
	parameters: Reads;
	credential: Reads;
}

/** Runs a node of the package in n8n's engine and returns the fields that it read. */
async function readsOf(
	node: string,
	parameters: INodeParameters,
	credentials: Record<string, ICredentialDataDecryptedObject>,
): Promise<Observed> {
	const type = typeNamed(node);
	const reads: Observed = { parameters: new Set(), credential: new Set() };
	const nodeType: INodeType = {
		description: type.description,
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			observeReads(this as never, collectionsOf(type), reads.parameters, reads.credential);
			return (await type.execute?.call(this)) as INodeExecutionData[][];
		},
	};
	await runNode({
		node,
		nodeType,
		parameters,
		credentials,
		items,
		binary: file,
		onError: 'continueRegularOutput',
	});
	return reads;
}

function typeNamed(name: string): INodeType {
	const type = nodeTypesOfPackage.get(`${packageName}.${name}`);
	if (type === undefined) throw new Error(`The package has no node '${name}'`);
	return type;
}

function collectionsOf({ description }: INodeType): Set<string> {
	const collections = description.properties.filter(({ type }) =>
		/^(collection|fixedCollection)$/.test(type),
	);
	return new Set(collections.map(({ name }) => name));
}

interface Comparison {
	chosen: INodeParameters;
	unread: string[];
	undescribed: string[];
}

function compare(
	properties: INodeProperties[],
	chosen: INodeParameters,
	reads: Reads,
	alsoKnown: ReadonlySet<string> = new Set(),
): Comparison {
	const shown = new Set(namesShown(properties, chosen));
	return {
		chosen,
		unread: [...shown].filter((name) => !reads.has(name)),
		undescribed: [...reads].filter((name) => !shown.has(name) && !alsoKnown.has(name)),
	};
}

/** Compares all choices at once, for nodes whose formats read only their own fields. */
function compareAll(properties: INodeProperties[], choices: INodeParameters[], reads: Reads) {
	const shown = union(choices.map((chosen) => new Set(namesShown(properties, chosen))));
	return {
		unread: [...shown].filter((name) => !reads.has(name)),
		undescribed: [...reads].filter((name) => !shown.has(name)),
	};
}

function union(sets: Reads[]): Reads {
	return new Set(sets.flatMap((each) => [...each]));
}

const nothingIsWrong = (chosen: INodeParameters): Comparison => ({ chosen, unread: [], undescribed: [] });

/** Operations read the options of all nodes, even those that they don't show. */
const optionsOfSenders = allProviders.flatMap(({ node }) =>
	[...namesIn(typeNamed(node).description.properties)].filter((name) => name.startsWith('options.')),
);

describe('Customer Events', () => {
	const { properties } = typeNamed('customerEvents').description;

	test.each(['convert', 'suggestPlan', 'validate'])('reads every field of %s', async (operation) => {
		const choices = everyChoice(properties, undefined, { operation });
		const runs = choices.map(
			async (chosen) => await readsOf('customerEvents', filledIn(properties, chosen), {}),
		);
		const reads = union((await Promise.all(runs)).map(({ parameters }) => parameters));
		expect(compareAll(properties, choices, reads)).toEqual({ unread: [], undescribed: [] });
	});
});

describe('Customer Events Trigger', () => {
	const type = typeNamed('customerEventsTrigger');
	const credentialType = packageCredentialTypes.find(({ name }) => name === 'customerEventsWebhookApi');
	const ofCredential = credentialType?.properties ?? [];
	const writeKey = 'test-write-key-not-real';
	/** Without the set-up instructions, which the trigger doesn't read. */
	const properties = type.description.properties.filter((each) => !senderHelp.includes(each));

	/** Posts an event to the trigger and returns the fields that it read. */
	async function readsOfTrigger(parameters: INodeParameters, credential: ICredentialDataDecryptedObject) {
		const reads: Observed = { parameters: new Set(), credential: new Set() };
		const options = {
			node: 'customerEventsTrigger',
			parameters,
			credentials: { customerEventsWebhookApi: credential },
		};
		// An ID of its own, since a trigger remembers its credential for a few seconds.
		const node = { ...nodeUnderTest(options), id: randomUUID(), webhookId: 'w' };
		const workflow = new Workflow({
			active: true,
			nodeTypes: registryWith(options),
			nodes: [node],
			connections: {},
		});
		const known = new Map(packageCredentialTypes.map((each) => [each.name, each]));
		const data = additionalData('1', new InMemoryCredentials(known, options.credentials));
		const [webhookDescription] = type.description.webhooks ?? [];
		if (webhookDescription === undefined) throw new Error('The trigger has no webhook');
		const webhookData = {
			...{ httpMethod: 'POST' as const, node: node.name, path: 'w', webhookDescription, workflowId: 'w' },
			workflowExecuteAdditionalData: data,
		};
		const answer = async (request: IncomingMessage, response: ServerResponse) => {
			// Added by n8n and Express.
			Object.assign(request, {
				path: '/webhook/w',
				ip: '127.0.0.1',
				ips: [],
				rawBody: await buffer(request),
			});
			Object.assign(response, { status: () => response, json: () => response });
			const exchange = { ...data, httpRequest: request as never, httpResponse: response as never };
			const context = new WebhookContext(workflow, node, exchange, 'webhook', webhookData, [], null);
			observeReads(context as never, collectionsOf(type), reads.parameters, reads.credential);
			await type.webhook?.call(context);
		};
		let answered: Promise<void> = Promise.resolve();
		const server = createServer((request, response) => {
			answered = answer(request, response).finally(() => response.end());
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		await fetch(`http://127.0.0.1:${port}`, {
			method: 'POST',
			headers: { authorization: `Basic ${btoa(`${writeKey}:`)}` },
			body: JSON.stringify(items[0]),
		});
		server.close();
		await answered;
		return reads;
	}

	/** Empty, since the examples in these fields would refuse the sender of this test. */
	const noRestrictions = { allowedOrigins: '', ipAllowList: '' };

	test('reads every parameter', async () => {
		const choices = everyChoice(properties);
		const runs = choices.map(async (chosen) => {
			const { options, ...filled } = filledIn(properties, chosen);
			const parameters = { ...filled, options: { ...(options as object), ...noRestrictions } };
			return (await readsOfTrigger(parameters, { scheme: 'writeKey', writeKeySecret: writeKey })).parameters;
		});
		const reads = union(await Promise.all(runs));
		expect(compareAll(properties, choices, reads)).toEqual({ unread: [], undescribed: [] });
	});

	test.each(everyChoice(ofCredential))('reads every field of its credential: %j', async (chosen) => {
		const credential = filledIn(ofCredential, chosen) as ICredentialDataDecryptedObject;
		const { credential: reads } = await readsOfTrigger({ authentication: 'credential' }, credential);
		expect(compare(ofCredential, chosen, reads, namesIn(ofCredential))).toEqual(nothingIsWrong(chosen));
	});
});

describe.each(allProviders)('$provider.displayName', ({ provider, node, credential }) => {
	const { properties } = typeNamed(node).description;
	const credentials = { [provider.credentialType]: { ...credential, baseUrl: 'https://localhost' } };
	const choices = everyChoice(properties);
	/** Operations share the code that reads a collection and ignore fields of other operations. */
	const insideOfCollections = [...namesIn(properties)].filter((name) => name.includes('.'));
	const elsewhere = new Set([...optionsOfSenders, ...insideOfCollections]);

	test.each(provider.operations.map(({ resource, operation }) => ({ resource, operation })))(
		'reads every field of $resource: $operation',
		async ({ resource, operation }) => {
			const own = choices.filter((each) => each.resource === resource && each.operation === operation);
			expect(own).not.toEqual([]);
			for (const chosen of own) {
				// This also turns on "Preview Only", so nothing is sent.
				const { parameters } = await readsOf(node, filledIn(properties, chosen), credentials);
				expect(compare(properties, chosen, parameters, elsewhere)).toEqual(nothingIsWrong(chosen));
			}
		},
	);

	test('reads every field of its credential', async () => {
		const type = packageCredentialTypes.find(({ name }) => name === provider.credentialType);
		const [anyChoice = {}] = choices;
		const parameters = filledIn(properties, anyChoice);
		for (const chosen of everyChoice(type?.properties ?? [])) {
			const filled = {
				...filledIn(type?.properties ?? [], chosen),
				...credential,
				...chosen,
			} as ICredentialDataDecryptedObject;
			const reads = (await readsOf(node, parameters, { [provider.credentialType]: filled })).credential;
			if (typeof type?.authenticate !== 'function') throw new Error('It authenticates in another way');
			await type.authenticate(observed(filled, reads), {
				url: 'https://localhost',
				method: 'POST',
				body: '{}',
			});
			expect(compare(type.properties, chosen, reads, namesIn(type.properties))).toEqual(
				nothingIsWrong(chosen),
			);
		}
	});
});

/** The names of all fields, for any choice. */
function namesIn(properties: INodeProperties[]): Set<string> {
	return new Set(everyChoice(properties).flatMap((chosen) => namesShown(properties, chosen)));
}
