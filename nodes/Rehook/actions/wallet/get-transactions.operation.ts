import { z } from 'zod/v4';
import { byPage, isObject, operation } from '../../../shared';
import { getTransactions as endpoint } from '../../endpoints';
import { knownCustomer } from '../../source-id';
import { wallet } from './transaction.operation';

export const getTransactions = operation.list({
	resource: 'wallet',
	operation: 'getTransactions',
	action: 'Get transactions of wallet',
	description: "Get a wallet's credits and debits, for example to check whether a credit arrived",
	endpoint,
	fields: { source_id: knownCustomer, wallet_id: wallet },
	subject: ({ source_id }) => ({ userId: source_id }),
	paging: byPage((entry) => isObject(entry) && entry.transaction_id),
	schema: z.looseObject({ transaction_id: z.string(), type: z.string(), points: z.number() }),
});
