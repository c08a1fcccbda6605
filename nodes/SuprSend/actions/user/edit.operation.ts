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

const editInBulk: Operation<UserEdit> = {
	...inBulk,
	resource: 'user',
	operation: 'edit',
	record: {
		properties,
		schema: userEditSchema,
		maxBytes: userEditBytes,
		fromFields: (fields, context) =>
			userEdit(context, {
				distinctId: readText(fields, 'distinctId'),
				operations: readOperations(fields),
				time: Date.now(),
			}),
	},
	resend: ({ $user_operations }) => (addUp($user_operations) ? 'never' : 'safe'),
};

export const edit: Operation<z.infer<typeof editSchema>> = {
	resource: 'user',
	operation: 'edit',
	endpoint: editUser,
	record: {
		properties,
		schema: editSchema,
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
	result: { schema: userAnswerSchema },
};
