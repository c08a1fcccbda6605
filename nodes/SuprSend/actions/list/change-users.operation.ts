import { z } from 'zod/v4';
import { operation, type Endpoint, type Operation } from '../../../shared';
import { addSubscribers, mostSubscribers, removeSubscribers } from '../../endpoints';
import { distinctIds, list } from '../../fields';

/** Adding and removing make the same request to different endpoints. Repeating either has no further effect. */
const changeUsers = (
	what: Pick<Operation, 'operation' | 'action' | 'description'> & { endpoint: Endpoint },
) =>
	operation.write({
		...what,
		resource: 'list',
		fields: { list_id: list, distinct_ids: distinctIds },
		inParts: { of: 'distinct_ids', most: mostSubscribers },
		result: { schema: z.object({ success: z.boolean(), affected_count: z.number().int().optional() }) },
	});

export const addUsers = changeUsers({
	operation: 'addUsers',
	action: 'Add users to list',
	description: "Add users to a list so that the users receive the list's broadcasts",
	endpoint: addSubscribers,
});
export const removeUsers = changeUsers({
	operation: 'removeUsers',
	action: 'Remove users from list',
	description: 'Remove users from a list',
	endpoint: removeSubscribers,
});
