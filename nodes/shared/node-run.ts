import { createHash } from 'node:crypto';
import { NodeConnectionTypes, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

/** Identifies one run of one node in one execution. A retry by n8n has the same ID; the next run of a loop has another. */
export function nodeRunId(context: IExecuteFunctions): string {
	const { $runIndex } = context.getWorkflowDataProxy(0);
	const id = [context.getWorkflow().id, context.getExecutionId(), context.getNode().id, $runIndex].join(':');
	const call = toolArguments(context);
	if (call === undefined) return id;
	const firstTry = firstTries.get(call) ?? id;
	firstTries.set(call, firstTry);
	return firstTry;
}

/** n8n counts each retry of an agent's tool call as a new run. The retries share the object with the arguments. */
const firstTries = new WeakMap<IDataObject, string>();

/** The arguments of an agent's tool call, which don't come from the main input. */
function toolArguments(context: IExecuteFunctions): IDataObject | undefined {
	const isToolCall = context.getInputData(0, NodeConnectionTypes.Main).length === 0;
	return isToolCall ? context.getInputData()[0]?.json : undefined;
}

/** An ID for an input that has none. It stays the same when n8n runs the node again. */
export function derivedId(
	nodeRun: string,
	{ itemIndex, listIndex }: { itemIndex: number; listIndex?: number },
): string {
	const position = listIndex === undefined ? `${itemIndex}` : `${itemIndex}:${listIndex}`;
	return createHash('sha256').update(`${nodeRun}:${position}`).digest('hex').slice(0, 32);
}
