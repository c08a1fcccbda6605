import { listOf } from '../../../shared/delivery';
import { getWallets } from '../../endpoints';
import { walletSchema } from '../../wallet';
import { get } from '../customer/get.operation';

/** The same as getting a customer, at another endpoint. */
export const getMany: typeof get = {
	...get,
	resource: 'wallet',
	operation: 'getMany',
	endpoint: getWallets,
	readResults: listOf,
	responseSchema: walletSchema,
};
