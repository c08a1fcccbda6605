import { z } from 'zod/v4';
import { isOn, readText, type Operation } from '../../../shared/delivery';
import { editUser } from '../../endpoints';
import { userLocator, userPathSchema } from '../../ids';
import { userAnswerSchema } from '../../users/answer';
import { inBulk, sendInBulk, userEdit, type UserEdit } from '../../users/in-bulk';
import { operationFields, readOperations } from '../../users/operation-fields';
import { addUp, operationsSchema } from '../../users/operations';

const editSchema = z.object({ distinct_id: userPathSchema, operations: operationsSchema });
type SuprSendEdit = z.infer<typeof editSchema>;

/** The same, whether an edit is a request or a part of one. */
const common = {
	resource: 'user',
	operation: 'edit',
	reports: 'each',
	fields: [userLocator, ...operationFields],
	options: [sendInBulk],
	repeating: 'harmless',
} satisfies Partial<Operation>;

const editOne: Operation<SuprSendEdit> = {
	...common,
	endpoint: editUser,
	schema: editSchema,
	addsUp: ({ operations }) => addUp(operations),
	fromFields: (fields) => ({
		record: { distinct_id: readText(fields, 'distinctId'), operations: readOperations(fields) },
	}),
	lane: ({ distinct_id }) => distinct_id,
	request([edit]) {
		const { distinct_id = '', operations } = edit?.record ?? {};
		return { params: { distinct_id }, body: JSON.stringify({ operations }) };
	},
	responseSchema: userAnswerSchema,
};

const editInBulk: Operation<UserEdit> = {
	...common,
	...inBulk,
	addsUp: ({ $user_operations }) => addUp($user_operations),
	fromFields: (fields, context) => ({
		record: userEdit(context, {
			distinctId: readText(fields, 'distinctId'),
			operations: readOperations(fields),
			time: Date.now(),
		}),
	}),
};

export const edit: Operation = {
	...editOne,
	variant: (options) => (isOn(options.sendInBulk) ? editInBulk : undefined),
};
