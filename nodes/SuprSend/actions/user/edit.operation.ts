import { z } from 'zod/v4';
import { readText, type Operation } from '../../../shared';
import { editUser } from '../../endpoints';
import { userLocator, userPathSchema } from '../../ids';
import {
	inBulk,
	sendInBulk,
	userEdit,
	userEditBytes,
	userEditSchema,
	type UserEdit,
} from '../../users/in-bulk';
import { operationFields, readOperations } from '../../users/operation-fields';
import { addUp, operationsSchema } from '../../users/operations';
import { userAnswerSchema } from '../../users/profile';

const editSchema = z.object({ distinct_id: userPathSchema, operations: operationsSchema });
const properties = [userLocator, ...operationFields];

const name = {
	resource: 'user',
	operation: 'edit',
	action: 'Edit user',
	description: 'Set, append, remove, increment or unset individual properties and channels',
};

const editInBulk: Operation<UserEdit> = {
	...inBulk,
	...name,
	record: {
		properties,
		schema: userEditSchema,
		idsIn: ({ distinct_id }) => ({ distinct_id }),
		maxBytes: userEditBytes,
		fromFields: (fields, context) => ({
			...userEdit(context, readText(fields, 'distinctId'), Date.now()),
			$user_operations: readOperations(fields),
		}),
	},
	resend: ({ $user_operations }) => (addUp($user_operations) ? 'never' : 'safe'),
};

export const edit: Operation<z.infer<typeof editSchema>> = {
	...name,
	endpoint: editUser,
	record: {
		properties,
		schema: editSchema,
		idsIn: ({ distinct_id }) => ({ distinct_id }),
		fromFields: (fields) => ({
			distinct_id: readText(fields, 'distinctId'),
			operations: readOperations(fields),
		}),
	},
	options: [sendInBulk(editInBulk)],
	request: ({ distinct_id, operations }) => ({
		params: { distinct_id },
		body: JSON.stringify({ operations }),
	}),
	resend: ({ operations }) => (addUp(operations) ? 'never' : 'safe'),
	orderKey: ({ distinct_id }) => distinct_id,
	subject: ({ distinct_id }) => ({ userId: distinct_id }),
	result: { schema: userAnswerSchema },
};
