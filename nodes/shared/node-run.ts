import { createHash } from 'node:crypto';
import { NodeConnectionTypes, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

/** One run of one node in one execution: the same when n8n tries the node again, another in the next run of a loop. */
export function nodeRunId(context: IExecuteFunctions): string {
	const { $runIndex } = context.getWorkflowDataProxy(0);
	const id = [context.getWorkflow().id, context.getExecutionId(), context.getNode().id, $runIndex].join(':');
	const call = toolArguments(context);
	if (call === undefined) return id;
	const firstTry = firstTries.get(call) ?? id;
	firstTries.set(call, firstTry);
	return firstTry;
}

/** n8n counts each try of an agent's tool call as a run of its own; they share the object with the arguments. */
const firstTries = new WeakMap<IDataObject, string>();

/** What an agent calls the node with, which does not come from its main input. */
function toolArguments(context: IExecuteFunctions): IDataObject | undefined {
	const isToolCall = context.getInputData(0, NodeConnectionTypes.Main).length === 0;
	return isToolCall ? context.getInputData()[0]?.json : undefined;
}

/** Ids for what brings none, the same whenever the node is tried again. */
export function derivedId(
	nodeRun: string,
	{ itemIndex, position }: { itemIndex: number; position?: number },
): string {
	const place = position === undefined ? `${itemIndex}` : `${itemIndex}:${position}`;
	return createHash('sha256').update(`${nodeRun}:${place}`).digest('hex').slice(0, 32);
}
