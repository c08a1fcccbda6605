import type { Operation, RecordOf } from '../../../shared';
import { applyCoupons, validateCoupons } from '../../endpoints';
import { chosenCoupons } from './coupons';

type ChosenCoupons = RecordOf<typeof chosenCoupons>;

export const validate: Operation<ChosenCoupons> = {
	resource: 'coupon',
	operation: 'validate',
	endpoint: validateCoupons,
	record: chosenCoupons,
	request: (_, json) => ({ body: json }),
	resend: 'safe',
};

/** Redeem and Revert make the same request, except for its `type`. Sent twice, it may count twice. */
const apply = (type: 'redeem' | 'revert'): Operation<ChosenCoupons> => ({
	resource: 'coupon',
	operation: type,
	endpoint: applyCoupons,
	record: chosenCoupons,
	request: (_, json) => ({ query: { type }, body: json }),
	resend: 'never',
	orderKey: ({ source_id, coupon_details }) => source_id ?? String(coupon_details[0]?.coupon_code),
});

export const redeem = apply('redeem');
export const revert = apply('revert');
