import { z } from 'zod/v4';
import { readText, record, type Field, type Operation, type RecordOf } from '../../../shared';
import { deleteUser, getUser } from '../../endpoints';
import { userLocator, userPathSchema } from '../../ids';
import { userAnswerSchema } from '../../users/profile';

const distinctId: Field<string> = {
	name: 'distinctId',
	properties: [userLocator],
	schema: userPathSchema,
	read: (fields) => readText(fields, 'distinctId'),
};

const user = record({ distinct_id: distinctId });

export const get: Operation<RecordOf<typeof user>> = {
	resource: 'user',
	operation: 'get',
	endpoint: getUser,
	record: user,
	request: (params) => ({ params }),
	resend: 'safe',
	result: { schema: userAnswerSchema },
};

export const deleteOne: Operation<RecordOf<typeof user>> = {
	...get,
	operation: 'delete',
	endpoint: deleteUser,
	result: { schema: z.object({ deleted: z.literal(true) }), items: () => [{ deleted: true }] },
};
