import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import type { Operation } from '../delivery';

/** Each operation's own fields, shown when that operation is chosen and "Define Below" is on. */
export function operationFields(operations: readonly Operation[]): INodeProperties[] {
	return operations.flatMap(({ resource, operation, fields }) =>
		updateDisplayOptions(
			{ show: { resource: [resource], operation: [operation], mappingMode: ['defineBelow'] } },
			fields,
		),
	);
}
