import { z } from 'zod/v4';
import { listOf, readText, type Operation } from '../../../shared/delivery';
import { getCoupons } from '../../endpoints';
import { optionalSourceIdField } from './coupon-request';
import { orderFields, orderSchema, readOrder } from './order';

const audienceSchema = z.object({ source_id: z.string().optional(), order: orderSchema.optional() });

export const getMany: Operation<z.infer<typeof audienceSchema>> = {
	resource: 'coupon',
	operation: 'getMany',
	endpoint: getCoupons,
	reports: 'each',
	fields: [optionalSourceIdField, ...orderFields],
	schema: audienceSchema,
	// A read, although it is a POST.
	repeating: 'harmless',
	fromFields: (fields) => ({ record: { source_id: readText(fields, 'sourceId'), ...readOrder(fields) } }),
	request: ([audience]) => ({ body: audience?.json }),
	readResults: listOf,
};
