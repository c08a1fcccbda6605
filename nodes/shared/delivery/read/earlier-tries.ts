import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Outcome } from '../stages';

/**
 * The outcomes that an earlier try of the same node run has settled. "Retry On Fail" runs the whole node again
 * with the same items, and would otherwise send delivered records twice. The keys are n8n's own item objects,
 * so the memory is freed with the execution.
 */
const settledOutcomes = new WeakMap<IDataObject, Map<string, Outcome>>();

export class EarlierTries {
	private constructor(private readonly nodeRun: string) {}

	/** Returns undefined when the node isn't set to "Retry On Fail". */
	static of(context: IExecuteFunctions, nodeRun: string): EarlierTries | undefined {
		return context.getNode().retryOnFail === true ? new EarlierTries(nodeRun) : undefined;
	}

	outcomeOf(item: INodeExecutionData, itemIndex: number): Outcome | undefined {
		return settledOutcomes.get(item.json)?.get(this.keyOf(itemIndex));
	}

	remember(item: INodeExecutionData | undefined, outcome: Outcome): void {
		if (item === undefined || !isSettled(outcome)) return;
		const known = settledOutcomes.get(item.json) ?? new Map<string, Outcome>();
		settledOutcomes.set(item.json, known.set(this.keyOf(outcome.position.itemIndex), outcome));
	}

	/** The same object can be in the input more than once. */
	private keyOf(itemIndex: number): string {
		return `${this.nodeRun}:${itemIndex}`;
	}
}

/** Whether sending the record again would be wrong: it was delivered, or may have been and must not be twice. */
function isSettled(outcome: Outcome): boolean {
	if (outcome.status !== 'failed') return outcome.status === 'delivered';
	return outcome.failure.mayHaveBeenReceived === true && outcome.resendable === false;
}
