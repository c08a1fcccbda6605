import { z } from 'zod/v4';
import { readText, record, type Field, type Operation, type RecordOf } from '../../../shared';
import { deleteUser, getUser } from '../../endpoints';
import { userLocator, userPathSchema } from '../../ids';
import { userAnswerSchema } from '../../users/profile';

const distinctId: Field<string> = {
	name: 'distinctId',
	properties: [userLocator],
	schema: userPathSchema,
	identifies: true,
	read: (fields) => readText(fields, 'distinctId'),
};

/** What most workflows need. A user can have six more channels. */
const simplified = ['distinct_id', 'properties', '$email', '$sms', '$whatsapp', 'created_at', 'updated_at'];

const user = record({ distinct_id: distinctId });

export const get: Operation<RecordOf<typeof user>> = {
	resource: 'user',
	operation: 'get',
	action: 'Get user',
	description: 'Retrieve the properties and channels of one user',
	endpoint: getUser,
	record: user,
	request: (params) => ({ params }),
	resend: 'safe',
	subject: ({ distinct_id }) => ({ userId: distinct_id }),
	result: { schema: userAnswerSchema, entity: { simplified } },
};

export const deleteOne: Operation<RecordOf<typeof user>> = {
	...get,
	operation: 'delete',
	action: 'Delete user',
	description: 'Permanently remove a user and all their data from SuprSend',
	endpoint: deleteUser,
	result: { schema: z.object({ deleted: z.literal(true) }), entity: {}, items: () => [{ deleted: true }] },
};
