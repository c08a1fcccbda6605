import { z } from 'zod/v4';
import { record, type Operation, type RecordOf } from '../../../shared';
import { getCustomer } from '../../endpoints';
import { knownCustomer } from '../../source-id';

const chosen = record({ source_id: knownCustomer });

/** A customer as Rehook returns it. Its reference shows more fields, by example only. */
export const customerSchema = z.looseObject({
	id: z.string().optional(),
	source_id: z.string().optional(),
});

export const get: Operation<RecordOf<typeof chosen>> = {
	resource: 'customer',
	operation: 'get',
	action: 'Get customer',
	description: "Get a customer's details",
	endpoint: getCustomer,
	record: chosen,
	request: (params) => ({ params }),
	resend: 'safe',
	subject: ({ source_id }) => ({ userId: source_id }),
	result: { schema: customerSchema, entity: {} },
};
