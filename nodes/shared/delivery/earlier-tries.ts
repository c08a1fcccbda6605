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
	private readonly mayBeTriedAgain: boolean;

	constructor(context: IExecuteFunctions) {
		const { id, retryOnFail } = context.getNode();
		const { $runIndex } = context.getWorkflowDataProxy(0);
		this.nodeRun = [context.getExecutionId(), id, $runIndex].join(':');
		this.mayBeTriedAgain = retryOnFail === true;
	}

	outcomeOf(item: INodeExecutionData): Outcome | undefined {
		return deliveredBefore.get(item)?.get(this.nodeRun);
	}

	remember(item: INodeExecutionData | undefined, outcome: Outcome): void {
		if (!this.mayBeTriedAgain || item === undefined || outcome.status !== 'delivered') return;
		const runs = deliveredBefore.get(item) ?? new Map<string, Outcome>();
		deliveredBefore.set(item, runs.set(this.nodeRun, outcome));
	}
}
