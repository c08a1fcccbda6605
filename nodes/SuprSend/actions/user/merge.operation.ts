import { field, onlyAccepts, operation } from '../../../shared';
import { mergeUsers } from '../../endpoints';
import { distinctIdSchema, userPathSchema } from '../../ids';
import { userAnswerSchema } from '../../users/profile';

export const merge = operation.write({
	resource: 'user',
	operation: 'merge',
	action: 'Merge users',
	description: "Move one user's profile to another user, and permanently delete the first user",
	endpoint: mergeUsers,
	fields: {
		distinct_id: field.text({
			displayName: 'User to Keep',
			name: 'distinctId',
			placeholder: 'e.g. user-42',
			description: "The distinct ID of the user who receives the other user's profile",
			schema: userPathSchema,
			identifies: true,
			from: (event) => event.userId,
		}),
		from_user_id: field.text({
			displayName: 'User to Delete',
			name: 'fromUserId',
			placeholder: 'e.g. anonymous-7',
			description: 'The distinct ID of the user whose profile is moved. This user is deleted.',
			schema: distinctIdSchema,
			identifies: true,
			from: (event) => event.previousId,
		}),
	},
	form: { skips: onlyAccepts('Merge', 'alias') },
	orderKey: ({ distinct_id }) => distinct_id,
	subject: ({ distinct_id }) => ({ userId: distinct_id }),
	result: { schema: userAnswerSchema },
});
