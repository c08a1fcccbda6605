import { z } from 'zod/v4';
import { readText, type Operation } from '../../../shared/delivery';
import { customerSchema } from '../../customer';
import { getCustomer } from '../../endpoints';
import { knownCustomerField, sourceIdInPath } from '../../source-id';

const chosenSchema = z.object({ source_id: sourceIdInPath });

export const get: Operation<z.infer<typeof chosenSchema>> = {
	resource: 'customer',
	operation: 'get',
	endpoint: getCustomer,
	reports: 'each',
	fields: [knownCustomerField],
	schema: chosenSchema,
	repeating: 'harmless',
	fromFields: (fields) => ({ record: { source_id: readText(fields, 'sourceId') } }),
	request: ([chosen]) => ({ params: chosen?.record }),
	responseSchema: customerSchema,
};
