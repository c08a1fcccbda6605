import { z } from 'zod/v4';
import { listOf } from '../../../shared';
import { getWallets } from '../../endpoints';
import { get } from '../customer/get.operation';

/** A customer's wallet (https://docs.rehook.ai/reference/get-wallets-by-customer-id), with possibly more fields. */
export const walletSchema = z.looseObject({
	wallet_id: z.string(),
	wallet_name: z.string().optional(),
	currency: z.string().optional(),
	singular_unit_name: z.string().optional(),
	plural_unit_name: z.string().optional(),
});

export type Wallet = z.infer<typeof walletSchema>;

/** The same form as Customer: Get, at another endpoint. */
export const getMany: typeof get = {
	...get,
	resource: 'wallet',
	operation: 'getMany',
	action: 'Get many wallets',
	description: "Get a customer's wallets. Returns one item for each wallet.",
	endpoint: getWallets,
	result: { schema: walletSchema, entity: { isList: true }, items: listOf },
};
