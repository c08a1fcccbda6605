import { randomUUID } from 'node:crypto';
import type { IConnections, INode, INodeParameters, IWorkflowSettings } from 'n8n-workflow';
import type { CanonicalEvent, Reject } from '../../nodes/shared/event';
import { sdkPaths } from '../../nodes/shared/formats';
import { outputOf, type Credential } from './n8n-client';
import type { RunningN8n } from './n8n-process';

export interface TriggerSettings {
	/** Absent means no authentication. */
	credential?: Credential['data'];
	options?: INodeParameters;
	/** Parameters in addition to these settings, with priority over them. */
	parameters?: INodeParameters;
	/** Nodes after its output Events, in a row. */
	followedBy?: Array<Pick<INode, 'name' | 'type' | 'typeVersion' | 'parameters' | 'credentials' | 'onError'>>;
	workflowSettings?: IWorkflowSettings;
}

/** A published workflow with our trigger. */
export class Trigger {
	private constructor(
		private readonly n8n: RunningN8n,
		readonly path: string,
		readonly workflowId: string,
	) {}

	/** Adds the workflow to a running n8n. The trigger answers when this returns. */
	static async add(n8n: RunningN8n, settings: TriggerSettings = {}): Promise<Trigger> {
		const { credential, options = {}, parameters, followedBy = [], workflowSettings } = settings;
		const webhookId = randomUUID();
		if (credential) {
			await n8n.addCredential({ name: webhookId, type: 'customerEventsWebhookApi', data: credential });
		}
		const workflowId = await n8n.addWorkflow({
			name: webhookId,
			nodes: [
				{
					id: webhookId,
					name: 'Trigger',
					type: 'n8n-nodes-customer-events.customerEventsTrigger',
					typeVersion: 2,
					position: [0, 0],
					parameters: { authentication: credential ? 'credential' : 'none', options, ...parameters },
					webhookId,
					...(credential && { credentials: { customerEventsWebhookApi: { id: null, name: webhookId } } }),
				},
				...followedBy.map((node) => ({ id: randomUUID(), position: [0, 0] as [number, number], ...node })),
			],
			connections: chain(['Trigger', ...followedBy.map(({ name }) => name)]),
			settings: { executionOrder: 'v1', ...workflowSettings },
		});
		const path = `/webhook/${webhookId}`;
		// n8n registers the paths in order.
		await n8n.waitForWebhook(`${path}//${sdkPaths.at(-1)}`);
		return new Trigger(n8n, path, workflowId);
	}

	get url(): string {
		return this.n8n.webhookUrl + this.path;
	}

	/** Waits until nothing runs. Returns the items of all executions, newest first. */
	async given(
		timeoutMs?: number,
	): Promise<{ events: CanonicalEvent[]; rejected: Reject[]; executions: number }> {
		await this.n8n.waitUntilIdle(timeoutMs);
		const summaries = await this.n8n.executions({ workflowId: this.workflowId });
		const failed = summaries.find(({ status }) => status !== 'success');
		if (failed) throw new Error(`Execution ${failed.id} is ${failed.status}.`);
		const executions = await Promise.all(summaries.map(({ id }) => this.n8n.execution(id)));
		const jsonOn = (output: number) =>
			executions.flatMap((execution) => outputOf(execution, 'Trigger', output).map(({ json }) => json));
		return {
			events: jsonOn(0) as unknown as CanonicalEvent[],
			rejected: jsonOn(1) as unknown as Reject[],
			executions: executions.length,
		};
	}

	async executionCount(): Promise<number> {
		await this.n8n.waitUntilIdle();
		return (await this.n8n.executions({ workflowId: this.workflowId })).length;
	}
}

function chain(names: string[]): IConnections {
	const links = names
		.slice(1)
		.map((node, index): [string, IConnections[string]] => [
			names[index] ?? '',
			{ main: [[{ node, type: 'main', index: 0 }]] },
		]);
	return Object.fromEntries(links);
}
