import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
	ExecutionStatus,
	ExecutionSummary,
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	IRunExecutionData,
	ITaskData,
	IWorkflowBase,
} from 'n8n-workflow';
import { OWNER } from './environment';
import { generation, type ExecutionPage } from './generation';
import { waitFor } from './wait';

export interface Credential {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/**
 * A workflow as it is exported. Its nodes name their credentials, `{ relationKitApi: { id: null, name } }`;
 * the ids are filled in when it is added.
 */
export type Workflow = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections'> &
	Partial<Pick<IWorkflowBase, 'id' | 'settings' | 'pinData'>>;

export interface Execution extends ExecutionSummary {
	data: IRunExecutionData;
}

export interface ExecutionFilter {
	workflowId?: string;
	status?: ExecutionStatus[];
}

export interface ExecuteOptions {
	/** What the trigger gives, where that is not in the trigger itself or pinned to it. */
	given?: IDataObject;
	timeoutMs?: number;
}

export interface NodeTypeSummary {
	name: string;
	displayName: string;
	version: number | number[];
	credentials?: Array<{ name: string; required?: boolean }>;
	codex?: { categories?: string[]; alias?: string[] };
	properties: INodeProperties[];
}

interface Settings {
	userManagement: { showSetupOnFirstLoad: boolean };
}

const BROWSER_ID = 'test-host';
const PAGE_SIZE = 100;
const SAVED_AFTER_MS = 500;
const UNFINISHED: ExecutionStatus[] = ['new', 'running', 'waiting'];
const STATUSES: ExecutionStatus[] = [...UNFINISHED, 'canceled', 'crashed', 'error', 'success', 'unknown'];

/** Talks to a running n8n as its editor does, signed in as the owner. */
export class N8nClient {
	private cookie = '';

	constructor(
		readonly url: string,
		private readonly installFolder: string,
		/** The owner's. */
		readonly password: string,
	) {}

	/** Calls n8n's own API and returns the answer's `data`, throwing with n8n's words when it refuses. */
	async rest<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(this.url + path, {
			method,
			headers: {
				'content-type': 'application/json',
				'browser-id': BROWSER_ID,
				cookie: this.cookie,
				// n8n closes idle connections, possibly just when one is used again.
				connection: 'close',
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const [setCookie] = response.headers.getSetCookie();
		if (setCookie) this.cookie = setCookie.split(';', 1)[0] ?? '';
		const text = await response.text();
		if (!response.ok) throw new Error(`n8n answered ${response.status} to ${method} ${path}: ${text}`);
		const answer = (text === '' ? undefined : JSON.parse(text)) as { data?: T } | undefined;
		return (answer && 'data' in answer ? answer.data : answer) as T;
	}

	/** Signs in as the owner. Creates the owner in an n8n that has none. */
	async signIn(): Promise<void> {
		const { userManagement } = await this.rest<Settings>('GET', '/rest/settings');
		const { email } = OWNER;
		const { password } = this;
		if (userManagement.showSetupOnFirstLoad) {
			return await this.rest('POST', '/rest/owner/setup', { ...OWNER, password });
		}
		await this.rest('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	async nodeTypes(): Promise<NodeTypeSummary[]> {
		return await this.rest('GET', '/types/nodes.json');
	}

	async credentialTypes(): Promise<Array<{ name: string; displayName: string }>> {
		return await this.rest('GET', '/types/credentials.json');
	}

	/** Returns the credential's id. */
	async addCredential(credential: Credential): Promise<string> {
		const { id } = await this.rest<{ id: string }>('POST', '/rest/credentials', credential);
		return id;
	}

	/** Adds a credential, or changes the one of the same type and name. */
	async putCredential(credential: Credential): Promise<void> {
		const known = await this.rest<Array<Credential & { id: string }>>('GET', '/rest/credentials');
		const same = known.find(({ type, name }) => type === credential.type && name === credential.name);
		if (same === undefined) await this.addCredential(credential);
		else await this.rest('PATCH', `/rest/credentials/${same.id}`, credential);
	}

	/** Whether there is a workflow of this ID, and whether it is published. */
	async workflowState(id: string): Promise<'missing' | 'draft' | 'published'> {
		const all = await this.rest<Array<{ id: string; active: boolean; isArchived?: boolean }>>(
			'GET',
			'/rest/workflows',
		);
		const workflow = all.find((each) => each.id === id && each.isArchived !== true);
		if (workflow === undefined) return 'missing';
		return workflow.active ? 'published' : 'draft';
	}

	async workflow(id: string): Promise<Workflow & { versionId: string }> {
		return await this.rest('GET', `/rest/workflows/${id}`);
	}

	/** Adds a workflow, publishes it, and returns its ID. Its webhooks answer when this returns. */
	async addWorkflow(workflow: Workflow): Promise<string> {
		const { id, versionId } = await this.addDraft(workflow);
		await this.rest('POST', `/rest/workflows/${id}/activate`, { versionId });
		return id;
	}

	/** Starts a workflow's triggers. When this returns, those that poll have polled once. */
	async publish({ id, versionId }: { id: string; versionId: string }): Promise<void> {
		await this.rest('POST', `/rest/workflows/${id}/activate`, { versionId });
		await this.untilItIs('published', id);
	}

	/** Stops a workflow's triggers. */
	async unpublish({ id }: { id: string }): Promise<void> {
		await this.rest('POST', `/rest/workflows/${id}/deactivate`, {});
		await this.untilItIs('not_published', id);
	}

	private async untilItIs(wanted: 'published' | 'not_published', id: string): Promise<void> {
		if (!generation.publishesInBackground) return;
		let status = '';
		const isDone = async () => {
			const path = `/rest/workflows/${id}/publication-status`;
			({ status } = await this.rest<{ status: string }>('GET', path));
			return status === wanted || undefined;
		};
		const what = () => `workflow ${id} to be ${wanted} (it is ${status})`;
		await waitFor(isDone, { what, timeoutMs: 30_000 });
	}

	/** Adds a workflow without publishing it. */
	async addDraft(workflow: Workflow): Promise<{ id: string; versionId: string }> {
		const nodes = await this.withCredentialIds(workflow.nodes);
		return await this.rest('POST', '/rest/workflows', { ...workflow, active: false, nodes });
	}

	/** Does the same as `start`, but returns the execution when it has ended. */
	async execute(workflowId: string, trigger: string, options: ExecuteOptions = {}): Promise<Execution> {
		const { given, timeoutMs = 30_000 } = options;
		const executionId = await this.start(workflowId, trigger, given);
		return await waitFor(
			async () => {
				const execution = await this.execution(executionId);
				return UNFINISHED.includes(execution.status) ? undefined : execution;
			},
			{ what: `execution ${executionId} to end`, timeoutMs, everyMs: 200 },
		);
	}

	/** Clicks "Execute workflow" for the trigger of that name. Returns the ID of the execution. */
	async start(workflowId: string, trigger: string, given?: IDataObject): Promise<string> {
		const { executionId } = await this.rest<{ executionId: string }>(
			'POST',
			`/rest/workflows/${workflowId}/run`,
			{
				...(generation.runsSavedWorkflow ? {} : { workflowData: await this.workflow(workflowId) }),
				triggerToStartFrom: { name: trigger, data: given && asRunOf(given) },
			},
		);
		return executionId;
	}

	/** Returns all executions, newest first. */
	async executions(filter: ExecutionFilter = {}): Promise<ExecutionSummary[]> {
		const found: ExecutionSummary[] = [];
		// n8n 1 sorts by ID, which its pages need, only if the filter has statuses.
		const fixed = { limit: String(PAGE_SIZE), filter: JSON.stringify({ status: STATUSES, ...filter }) };
		let next: Record<string, string> | undefined = {};
		while (next) {
			const query = new URLSearchParams({ ...fixed, ...next });
			const page: ExecutionPage = await this.rest('GET', `/rest/executions?${query.toString()}`);
			found.push(...page.results);
			next = generation.nextPage(page);
		}
		return found;
	}

	/** Returns one execution with the input and output of its nodes. */
	async execution(id: string): Promise<Execution> {
		const execution = await this.rest<ExecutionSummary & { data: string }>('GET', `/rest/executions/${id}`);
		// n8n flattens circular data with this library, which comes with it.
		const requireOfN8n = createRequire(join(this.installFolder, 'package.json'));
		const { parse } = requireOfN8n('flatted') as { parse: (text: string) => IRunExecutionData };
		return { ...execution, data: parse(execution.data) };
	}

	/** Clicks "Retry" on an execution. Returns the status of the new execution. */
	async retry(id: string): Promise<ExecutionStatus> {
		const body = { loadWorkflow: false };
		const { status } = await this.rest<ExecutionSummary>('POST', `/rest/executions/${id}/retry`, body);
		return status;
	}

	/** Waits until `count` executions have ended, in any way, and returns all that have, newest first. */
	async waitForExecutions(
		count: number,
		filter: ExecutionFilter = {},
		timeoutMs = 30_000,
	): Promise<ExecutionSummary[]> {
		let ended: ExecutionSummary[] = [];
		return await waitFor(
			async () => {
				ended = (await this.executions(filter)).filter(({ status }) => !UNFINISHED.includes(status));
				return ended.length >= count ? ended : undefined;
			},
			{ what: () => `${count} executions to end (${ended.length} have)`, timeoutMs, everyMs: 200 },
		);
	}

	/** Waits until no execution is running or about to start. */
	async waitUntilIdle(timeoutMs = 30_000): Promise<void> {
		const isIdle = async () => (await this.executions({ status: UNFINISHED })).length === 0;
		const staysIdle = async () => {
			if (generation.savesBeforeAnswering) return true;
			await sleep(SAVED_AFTER_MS);
			return await isIdle();
		};
		await waitFor(async () => ((await isIdle()) && (await staysIdle())) || undefined, {
			what: 'all executions to end',
			timeoutMs,
			everyMs: 200,
		});
	}

	private async withCredentialIds(nodes: Workflow['nodes']): Promise<Workflow['nodes']> {
		const known = await this.rest<Array<Credential & { id: string }>>('GET', '/rest/credentials');
		return nodes.map((node) => {
			if (!node.credentials) return node;
			const filledIn = Object.entries(node.credentials).map(([type, { id, name }]) => {
				const match = known.find((credential) => credential.type === type && credential.name === name);
				if (!match && !id)
					throw new Error(`Node "${node.name}" names a credential not added: "${name}" (${type})`);
				return [type, { id: match?.id ?? id, name }];
			});
			return { ...node, credentials: Object.fromEntries(filledIn) };
		});
	}
}

/** Returns a node's items on one of its outputs, in its last run of an execution. */
export function outputOf({ data }: Execution, node: string, output = 0): INodeExecutionData[] {
	return data.resultData.runData[node]?.at(-1)?.data?.main?.[output] ?? [];
}

/** Returns the items that an execution has not processed yet. */
export function itemsHeldBy({ data }: Execution): INodeExecutionData[] {
	const stack = data.executionData?.nodeExecutionStack ?? [];
	return stack.flatMap((entry) => entry.data.main?.[0] ?? []);
}

const asRunOf = (json: IDataObject): ITaskData => ({
	startTime: Date.now(),
	executionTime: 0,
	executionIndex: 0,
	executionStatus: 'success',
	source: [],
	data: { main: [[{ json }]] },
});
