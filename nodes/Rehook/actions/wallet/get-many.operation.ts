import { listOf } from '../../../shared';
import { getWallets } from '../../endpoints';
import { walletSchema } from '../../wallet';
import { get } from '../customer/get.operation';

/** The same form as Customer: Get, at another endpoint. */
export const getMany: typeof get = {
	...get,
	resource: 'wallet',
	operation: 'getMany',
	endpoint: getWallets,
	result: { schema: walletSchema, items: listOf },
};
