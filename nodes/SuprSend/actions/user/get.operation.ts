import { z } from 'zod/v4';
import { readText, type Operation } from '../../../shared/delivery';
import { getUser } from '../../endpoints';
import { userLocator, userPathSchema } from '../../ids';
import { userAnswerSchema } from '../../users/answer';

const schema = z.object({ distinct_id: userPathSchema });

export const get: Operation<z.infer<typeof schema>> = {
	resource: 'user',
	operation: 'get',
	endpoint: getUser,
	reports: 'each',
	fields: [userLocator],
	schema,
	repeating: 'harmless',
	fromFields: (fields) => ({ record: { distinct_id: readText(fields, 'distinctId') } }),
	request: ([user]) => ({ params: { distinct_id: user?.record.distinct_id ?? '' } }),
	responseSchema: userAnswerSchema,
};
