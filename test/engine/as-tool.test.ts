import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { nodeTypesOfPackage } from './harness/package-types';
import { execute, nodeUnderTest } from './harness/run-node';
import { senders, type Sender } from './harness/senders';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

/** An agent without a model: calls its tool once for each input item, with the item's data. */
const agent: INodeType = {
	description: {
		displayName: 'Agent',
		name: 'agent',
		group: ['transform'],
		version: 1,
		description: 'Calls a tool',
		defaults: { name: 'Agent' },
		inputs: [NodeConnectionTypes.Main, { type: NodeConnectionTypes.AiTool, maxConnections: 1 }],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const tool = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as {
			invoke(call: IDataObject): Promise<string>;
		};
		const answers: INodeExecutionData[] = [];
		for (const { json } of this.getInputData()) {
			const [answer] = JSON.parse(await tool.invoke(json)) as IDataObject[];
			answers.push({ json: answer ?? {} });
		}
		return [answers];
	},
};

/** The node as n8n offers it to agents. */
function asTool(type: INodeType | undefined): INodeType {
	if (type?.description.usableAsTool !== true) throw new Error('The node is no tool');
	const description = { ...type.description, inputs: [], outputs: [NodeConnectionTypes.AiTool] };
	return Object.assign(Object.create(type) as INodeType, { description });
}

async function callAsTool(
	sender: Sender,
	form: INodeParameters,
	calls: IDataObject[],
): Promise<IDataObject[]> {
	const { node, credentialType, credential } = sender;
	const credentials = {
		[credentialType]: { ...credential, baseUrl: sandbox.baseUrl(sender.provider) },
	};
	const parameters = {
		resource: 'event',
		operation: 'send',
		options: { maxRetries: 0 },
		...form,
	};
	const tool = nodeUnderTest({ node, parameters, credentials, retryOnFail: true });
	const agentNode: INode = {
		id: 'agent',
		name: 'Agent',
		type: 'test.agent',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const types = new Map([
		['test.agent', agent],
		[tool.type, asTool(nodeTypesOfPackage.get(tool.type))],
	]);
	const typeNamed = (name: string) => types.get(name) as INodeType;
	const { execution } = await execute({
		nodeTypes: { getByName: typeNamed, getByNameAndVersion: typeNamed, getKnownTypes: () => ({}) },
		nodes: [agentNode, tool],
		connections: {
			[tool.name]: { ai_tool: [[{ node: 'Agent', type: NodeConnectionTypes.AiTool, index: 0 }]] },
		},
		input: calls.map((json) => ({ json })),
		credentials,
	});
	const { resultData } = execution.data;
	if (resultData.error) throw resultData.error;
	return (resultData.runData.Agent?.[0]?.data?.main?.[0] ?? []).map(({ json }) => json);
}

/** What the button next to a field writes into it. */
function fromAi(name: string): string {
	return `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${name}', '', 'string') }}`;
}

const [relationKit, suprSend] = senders as [Sender, Sender];

describe.each([
	{ ...relationKit, form: { userId: fromAi('userId'), eventName: fromAi('event') } },
	{ ...suprSend, form: { distinctId: fromAi('userId'), eventName: fromAi('event') } },
])('an agent with the node of $title', ({ form, ...sender }) => {
	const arrived = () => sandbox.records(sender.provider, 'event').map(({ name }) => name);

	test('sends an event for each call, even for two equal ones', async () => {
		const answers = await callAsTool(sender, form, [
			{ userId: 'ada', event: 'Call' },
			{ userId: 'ada', event: 'Call' },
			{ userId: 'grace', event: 'Other call' },
		]);

		expect(answers.map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered']);
		expect(arrived()).toHaveLength(3);
		expect(new Set(sandbox.records(sender.provider, 'event').map(({ user }) => user))).toEqual(
			new Set(['ada', 'grace']),
		);
	});

	test('does not send a call again with "Retry On Fail" that may have been received', async () => {
		sandbox.misbehave({ provider: sender.provider, do: { reset: 'after-storing' } });
		const answers = await callAsTool(sender, form, [{ userId: 'ada', event: 'Call' }]).catch(
			(error: Error) => error,
		);

		expect(answers).toMatchObject(
			sender.provider === 'suprsend'
				? [{ status: 'delivered' }]
				: { message: expect.stringMatching(/was lost/) },
		);
		expect(arrived()).toHaveLength(1);
	});
});

test('an agent gets a simplified message for the key that it asks about', async () => {
	const trigger = {
		resource: 'workflow',
		operation: 'trigger',
		mappingMode: 'defineBelow',
		workflow: 'order-shipped',
		recipientIds: fromAi('userId'),
	};
	const [sent] = await callAsTool(suprSend, trigger, [{ userId: 'ada' }]);
	const read = {
		resource: 'message',
		operation: 'getMany',
		filters: { idempotencyKey: fromAi('key') },
	} as INodeParameters;
	const [message] = await callAsTool(suprSend, read, [{ key: sent?.idempotencyKey }]);

	expect(message).toMatchObject({ status: 'delivered', recipient: { distinct_id: 'ada' } });
	expect(message).not.toHaveProperty('vendor');
});
