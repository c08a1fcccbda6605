import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Outcome } from './failure';

/**
 * What was delivered in an earlier try of the same node run. "Retry On Fail" runs the whole node once more
 * with the same items; without this it would send what was delivered a second time. The items are n8n's own
 * objects, so what is kept here is gone with the execution.
 */
const deliveredBefore = new WeakMap<INodeExecutionData, Map<string, Outcome>>();

export class EarlierTries {
	private readonly nodeRun: string;

	constructor(context: IExecuteFunctions) {
		const { $runIndex } = context.getWorkflowDataProxy(0);
		this.nodeRun = [context.getExecutionId(), context.getNode().id, $runIndex].join(':');
	}

	outcomeOf(item: INodeExecutionData): Outcome | undefined {
		return deliveredBefore.get(item)?.get(this.nodeRun);
	}

	remember(item: INodeExecutionData | undefined, outcome: Outcome): void {
		if (item === undefined || outcome.status !== 'delivered') return;
		const runs = deliveredBefore.get(item) ?? new Map<string, Outcome>();
		deliveredBefore.set(item, runs.set(this.nodeRun, outcome));
	}
}
