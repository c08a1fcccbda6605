import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type IBinaryKeyData,
	type IConnections,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type ITaskData,
	type IWorkflowExecuteAdditionalData,
	type OnError,
} from 'n8n-workflow';
import { nodeTypesOfPackage, packageCredentialTypes, packageName } from './package-types';
import { InMemoryCredentials } from './credentials-helper';

/** The node before the node under test. Passes on its input. */
class Start implements INodeType {
	description = {
		displayName: 'Start',
		name: 'start',
		group: ['input'] as ['input'],
		version: 1,
		description: 'Hands its input on',
		defaults: { name: 'Start' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

const nodeTypes = new Map<string, INodeType>([['test.start', new Start()], ...nodeTypesOfPackage]);

export function registryWith({ node, nodeType }: Pick<RunOptions, 'node' | 'nodeType'>): INodeTypes {
	const typeNamed = (name: string): INodeType => {
		const type = nodeType !== undefined && name === `${packageName}.${node}` ? nodeType : nodeTypes.get(name);
		if (type === undefined) throw new Error(`No node type '${name}' in this harness`);
		return type;
	};
	return { getByName: typeNamed, getByNameAndVersion: typeNamed, getKnownTypes: () => ({}) };
}

export interface RunOptions {
	/** Name of the node type within the package, e.g. `suprSend`. */
	node: string;
	parameters: INodeParameters;
	credentials: Record<string, ICredentialDataDecryptedObject>;
	items: IDataObject[];
	/** Files of every item. */
	binary?: IBinaryKeyData;
	onError?: OnError;
	retryOnFail?: boolean;
	executionId?: string;
	/** Cancels the execution after this time, as the "Stop" button does. */
	cancelAfterMs?: number;
	/** Replaces the package's own node of that name. */
	nodeType?: INodeType;
	/** Credential types in addition to the package's own. */
	credentialTypes?: ICredentialType[];
}

export interface NodeRun {
	/** The node's regular output. The next field has its error output. */
	output: INodeExecutionData[];
	errorOutput: INodeExecutionData[];
	/** The error that stopped the workflow, if any. */
	error: (Error & { description?: string; context?: IDataObject; httpCode?: string }) | undefined;
	/** The hints that n8n shows above the node's output. */
	hints: string[];
	/** What n8n would store about the node's run. */
	stored: ITaskData[];
	/** What n8n would store about the whole execution. */
	execution: IRun;
	credentialReads: number;
}

/** Runs one node in n8n's real engine: real expressions, real HTTP helper, real error handling. */
export async function runNode(options: RunOptions): Promise<NodeRun> {
	const { items, binary } = options;
	const { execution, credentialReads } = await execute({
		...options,
		nodeTypes: registryWith(options),
		nodes: [startNode, nodeUnderTest(options)],
		connections: {
			Start: { main: [[{ node: 'Under Test', type: NodeConnectionTypes.Main, index: 0 }]] },
		},
		input: items.map((json) => ({ json, binary })),
	});
	const { data } = execution;

	const stored = data.resultData.runData['Under Test'] ?? [];
	const main = stored[0]?.data?.main ?? [];
	return {
		output: main[0] ?? [],
		errorOutput: main[1] ?? [],
		error: data.resultData.error as NodeRun['error'],
		hints: (stored[0]?.hints ?? []).map(({ message }) => message),
		stored,
		execution,
		credentialReads,
	};
}

interface ExecuteOptions extends Pick<
	RunOptions,
	'credentials' | 'credentialTypes' | 'executionId' | 'cancelAfterMs'
> {
	nodeTypes: INodeTypes;
	/** The execution starts with the first node. */
	nodes: [INode, ...INode[]];
	connections: IConnections;
	input: INodeExecutionData[];
}

/** Runs a whole workflow. */
export async function execute(
	options: ExecuteOptions,
): Promise<Pick<NodeRun, 'execution' | 'credentialReads'>> {
	const { nodeTypes, nodes, connections, input, credentials, executionId = '1' } = options;
	const workflow = new Workflow({
		id: 'workflow-1',
		name: 'engine test',
		active: false,
		nodeTypes,
		nodes,
		connections,
	});
	const known = [...packageCredentialTypes, ...(options.credentialTypes ?? [])];
	const credentialsHelper = new InMemoryCredentials(
		new Map(known.map((type) => [type.name, type])),
		credentials,
	);
	const run = createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node: nodes[0], data: { main: [input] }, source: null }] },
	});
	const engine = new WorkflowExecute(additionalData(executionId, credentialsHelper), 'trigger', run);
	const running = engine.processRunExecutionData(workflow);
	if (options.cancelAfterMs !== undefined) setTimeout(() => running.cancel(), options.cancelAfterMs).unref();
	return { execution: await running, credentialReads: credentialsHelper.reads };
}

const startNode: INode = {
	id: 'start',
	name: 'Start',
	type: 'test.start',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

export function nodeUnderTest({
	node,
	parameters,
	credentials,
	onError,
	retryOnFail,
}: Omit<RunOptions, 'items'>): INode {
	return {
		id: 'under-test',
		name: 'Under Test',
		type: `${packageName}.${node}`,
		typeVersion: 1,
		position: [200, 0],
		parameters,
		credentials: Object.fromEntries(Object.keys(credentials).map((type) => [type, { id: type, name: type }])),
		...(onError === undefined ? {} : { onError }),
		...(retryOnFail === undefined ? {} : { retryOnFail, maxTries: 2, waitBetweenTries: 1 }),
	};
}

/** The part of n8n's context that the engine uses. A test that needs more fails on `undefined`. */
export function additionalData(
	executionId: string,
	credentialsHelper: InMemoryCredentials,
): IWorkflowExecuteAdditionalData {
	const workflowData = { id: 'workflow-1', name: 'engine test', active: false, nodes: [], connections: {} };
	const data: Partial<IWorkflowExecuteAdditionalData> = {
		executionId,
		credentialsHelper,
		hooks: new ExecutionLifecycleHooks('trigger', executionId, {
			...workflowData,
			createdAt: new Date(0),
			updatedAt: new Date(0),
			isArchived: false,
			activeVersionId: null,
		}),
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: 'http://localhost/rest',
		instanceBaseUrl: 'http://localhost/',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		webhookTestBaseUrl: 'http://localhost/webhook-test',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		setExecutionStatus: () => {},
	};
	return data as IWorkflowExecuteAdditionalData;
}
