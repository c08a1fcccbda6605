import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Outcome } from './outcome';

/**
 * What an earlier try of the same node run has settled. "Retry On Fail" runs the whole node once more with
 * the same items; without this it would send a second time what was delivered, or may have been. The items
 * are n8n's own objects, so what is kept here is gone with the execution.
 */
const settledBefore = new WeakMap<INodeExecutionData, Map<string, Outcome>>();

export class EarlierTries {
	private readonly nodeRun: string;
	private readonly mayBeTriedAgain: boolean;

	/** @param repeatable whether what may have been received is sent again all the same */
	constructor(
		context: IExecuteFunctions,
		private readonly repeatable: boolean,
	) {
		const { id, retryOnFail } = context.getNode();
		const { $runIndex } = context.getWorkflowDataProxy(0);
		this.nodeRun = [context.getExecutionId(), id, $runIndex].join(':');
		this.mayBeTriedAgain = retryOnFail === true;
	}

	outcomeOf(item: INodeExecutionData, itemIndex: number): Outcome | undefined {
		return settledBefore.get(item)?.get(this.keyOf(itemIndex));
	}

	remember(item: INodeExecutionData | undefined, outcome: Outcome): void {
		if (!this.mayBeTriedAgain || item === undefined || !this.isSettled(outcome)) return;
		const known = settledBefore.get(item) ?? new Map<string, Outcome>();
		settledBefore.set(item, known.set(this.keyOf(outcome.place.itemIndex), outcome));
	}

	private isSettled(outcome: Outcome): boolean {
		if (outcome.status !== 'failed') return outcome.status === 'delivered';
		return outcome.failure.mayHaveBeenReceived === true && !this.repeatable;
	}

	/** One object may stand in the input more than once. */
	private keyOf(itemIndex: number): string {
		return `${this.nodeRun}:${itemIndex}`;
	}
}
