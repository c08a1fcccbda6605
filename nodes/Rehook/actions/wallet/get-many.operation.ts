import { z } from 'zod/v4';
import { listOf, readText, type Operation } from '../../../shared/delivery';
import { getWallets } from '../../endpoints';
import { knownCustomerField, sourceIdInPath } from '../../source-id';
import { walletSchema } from '../../wallet';

const chosenSchema = z.object({ source_id: sourceIdInPath });

export const getMany: Operation<z.infer<typeof chosenSchema>> = {
	resource: 'wallet',
	operation: 'getMany',
	endpoint: getWallets,
	reports: 'each',
	fields: [knownCustomerField],
	schema: chosenSchema,
	repeating: 'harmless',
	fromFields: (fields) => ({ record: { source_id: readText(fields, 'sourceId') } }),
	request: ([chosen]) => ({ params: chosen?.record }),
	readResults: listOf,
	responseSchema: walletSchema,
};
