import { operation } from '../../../shared';
import { deleteUser, deleteUsers, mostUsers } from '../../endpoints';
import { distinctId, distinctIds } from '../../fields';

export const deleteOne = operation.remove({
	resource: 'user',
	operation: 'delete',
	action: 'Delete user',
	description: "Permanently delete a user and all of the user's data in SuprSend",
	endpoint: deleteUser,
	fields: { distinct_id: distinctId },
	subject: ({ distinct_id }) => ({ userId: distinct_id }),
});

export const deleteMany = operation.remove({
	resource: 'user',
	operation: 'deleteMany',
	action: 'Delete many users',
	description: 'Permanently delete several users and all of their data in SuprSend',
	endpoint: deleteUsers,
	fields: { distinct_ids: distinctIds },
	inParts: { of: 'distinct_ids', most: mostUsers },
});
