import { z } from 'zod/v4';
import { deleteUser } from '../../endpoints';
import { get } from './get.operation';

export const deleteOne: typeof get = {
	...get,
	operation: 'delete',
	endpoint: deleteUser,
	readResults: () => [{ deleted: true }],
	responseSchema: z.object({ deleted: z.literal(true) }),
};
