import { createHash } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Place } from './outcome';

/** Ids for what brings none: the same when n8n retries the node, another in the next run of a loop. */
export function idDeriver(context: IExecuteFunctions): (place: Place) => string {
	const { $runIndex } = context.getWorkflowDataProxy(0);
	const run = [context.getWorkflow().id, context.getExecutionId(), context.getNode().id, $runIndex].join(':');
	return ({ itemIndex, position }) => {
		const place = position === undefined ? `${itemIndex}` : `${itemIndex}:${position}`;
		return createHash('sha256').update(`${run}:${place}`).digest('hex').slice(0, 32);
	};
}
