import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { nodeRunId } from '../node-run';
import type { Outcome } from './outcome';

/**
 * What an earlier try of the same node run has settled. "Retry On Fail" runs the whole node once more with
 * the same items; without this it would send a second time what was delivered, or may have been. What items
 * hold is n8n's own objects, so what is kept here is gone with the execution.
 */
const settledBefore = new WeakMap<IDataObject, Map<string, Outcome>>();

export class EarlierTries {
	private readonly nodeRun: string;
	private readonly mayBeTriedAgain: boolean;

	constructor(context: IExecuteFunctions) {
		this.nodeRun = nodeRunId(context);
		this.mayBeTriedAgain = context.getNode().retryOnFail === true;
	}

	outcomeOf(item: INodeExecutionData, itemIndex: number): Outcome | undefined {
		return settledBefore.get(item.json)?.get(this.keyOf(itemIndex));
	}

	remember(item: INodeExecutionData | undefined, outcome: Outcome): void {
		if (!this.mayBeTriedAgain || item === undefined || !isSettled(outcome)) return;
		const known = settledBefore.get(item.json) ?? new Map<string, Outcome>();
		settledBefore.set(item.json, known.set(this.keyOf(outcome.place.itemIndex), outcome));
	}

	/** One object may stand in the input more than once. */
	private keyOf(itemIndex: number): string {
		return `${this.nodeRun}:${itemIndex}`;
	}
}

function isSettled(outcome: Outcome): boolean {
	if (outcome.status !== 'failed') return outcome.status === 'delivered';
	return outcome.failure.mayHaveBeenReceived === true && outcome.repeatable === false;
}
