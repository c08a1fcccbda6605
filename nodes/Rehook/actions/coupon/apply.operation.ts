import type { Operation, RecordOf } from '../../../shared';
import { applyCoupons, validateCoupons } from '../../endpoints';
import { chosenCoupons } from './coupons';

type ChosenCoupons = RecordOf<typeof chosenCoupons>;

export const validate: Operation<ChosenCoupons> = {
	resource: 'coupon',
	operation: 'validate',
	action: 'Validate coupon',
	description: 'Check whether coupons can be redeemed, without redeeming them',
	endpoint: validateCoupons,
	record: chosenCoupons,
	request: (_, json) => ({ body: json }),
	resend: 'safe',
};

/** Redeem and Revert make the same request, except for its `type`. Sent twice, it may count twice. */
const apply = (
	type: 'redeem' | 'revert',
	name: Pick<Operation, 'action' | 'description'>,
): Operation<ChosenCoupons> => ({
	...name,
	resource: 'coupon',
	operation: type,
	endpoint: applyCoupons,
	record: chosenCoupons,
	request: (_, json) => ({ query: { type }, body: json }),
	resend: 'never',
	orderKey: ({ source_id, coupon_details }) => source_id ?? String(coupon_details[0]?.coupon_code),
	subject: ({ source_id }) => ({ userId: source_id }),
});

export const redeem = apply('redeem', {
	action: 'Redeem coupon',
	description: 'Redeem coupons after a successful transaction',
});
export const revert = apply('revert', {
	action: 'Revert coupon',
	description: 'Make redeemed coupons usable again after a transaction fails or is canceled',
});
