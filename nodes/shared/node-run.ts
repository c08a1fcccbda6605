import { createHash } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

/** One run of one node in one execution: the same when n8n tries the node again, another in the next run of a loop. */
export function nodeRunId(context: IExecuteFunctions): string {
	const { $runIndex } = context.getWorkflowDataProxy(0);
	return [context.getWorkflow().id, context.getExecutionId(), context.getNode().id, $runIndex].join(':');
}

/** Ids for what brings none, the same whenever the node is tried again. */
export function derivedId(
	nodeRun: string,
	{ itemIndex, position }: { itemIndex: number; position?: number },
): string {
	const place = position === undefined ? `${itemIndex}` : `${itemIndex}:${position}`;
	return createHash('sha256').update(`${nodeRun}:${place}`).digest('hex').slice(0, 32);
}
