import type { INode } from 'n8n-workflow';
import type { CanonicalEvent } from '../../nodes/shared/event';
import { outputOf } from '../host/n8n-client';
import type { RunningN8n } from '../host/n8n-process';
import { cpuMsOfTree, peakMemoryMb, resetPeakMemory } from './process-usage';

export type NodeUnderTest = Pick<INode, 'type' | 'typeVersion' | 'parameters'> &
	Partial<Pick<INode, 'credentials' | 'onError'>>;

/** The cost of one run of a pipeline. */
export interface PipelineFigures {
	/** Duration of the execution, as n8n shows it. */
	wallMs: number;
	/** Duration of the node under test. */
	nodeMs: number;
	/** CPU time of all of n8n, from the request that starts the execution until it is stored. */
	cpuMs: number;
	/** Peak memory of n8n's process. */
	peakMemoryMb: number;
}

const timeoutMs = 300_000;

/** A published workflow: a webhook that receives a list of events, one item for each of them, and a node. */
export class Pipeline {
	private executions = 0;

	private constructor(
		private readonly n8n: RunningN8n,
		private readonly name: string,
		private readonly workflowId: string,
	) {}

	static async add(n8n: RunningN8n, name: string, node: NodeUnderTest): Promise<Pipeline> {
		const at = (id: string, more: NodeUnderTest & Partial<INode>): INode => ({
			id,
			name: id,
			position: [0, 0],
			...more,
		});
		const to = (id: string) => ({ main: [[{ node: id, type: 'main' as const, index: 0 }]] });
		const workflowId = await n8n.addWorkflow({
			name,
			nodes: [
				at('Webhook', {
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2.1,
					parameters: { path: name, httpMethod: 'POST', options: {} },
					webhookId: name,
				}),
				at('Events', {
					type: 'n8n-nodes-base.splitOut',
					typeVersion: 1,
					parameters: { fieldToSplitOut: 'body.events', options: {} },
				}),
				at('Under Test', node),
			],
			connections: { Webhook: to('Events'), Events: to('Under Test') },
			settings: { executionOrder: 'v1' },
		});
		await n8n.waitForWebhook(`/webhook/${name}`);
		return new Pipeline(n8n, name, workflowId);
	}

	async run(events: CanonicalEvent[]): Promise<PipelineFigures> {
		const { n8n, workflowId } = this;
		const pid = n8n.pid ?? 0;
		const body = JSON.stringify({ events });
		resetPeakMemory(pid);
		const cpuBefore = cpuMsOfTree(pid);
		const headers = { 'content-type': 'application/json' };
		const response = await fetch(`${n8n.url}/webhook/${this.name}`, { method: 'POST', headers, body });
		if (!response.ok) throw new Error(`${this.name}: n8n answered ${response.status}`);
		const [ended] = await n8n.waitForExecutions(++this.executions, { workflowId }, timeoutMs);
		const cpuMs = cpuMsOfTree(pid) - cpuBefore;
		const peak = peakMemoryMb(pid);
		const execution = await n8n.execution(ended?.id ?? '');
		const { startedAt, stoppedAt, data } = execution;
		if (data.resultData.error) throw data.resultData.error;
		const taken = outputOf(execution, 'Events').length;
		if (taken !== events.length) throw new Error(`${this.name} got ${taken} of ${events.length} items`);
		return {
			wallMs: Number(new Date(stoppedAt ?? 0)) - Number(new Date(startedAt ?? 0)),
			nodeMs: data.resultData.runData['Under Test']?.[0]?.executionTime ?? NaN,
			cpuMs,
			peakMemoryMb: peak,
		};
	}
}
