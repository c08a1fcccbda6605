import type { Operation } from '../../../shared/delivery';
import { applyCoupons } from '../../endpoints';
import { couponRequest, type CouponRequest } from './coupon-request';

/** Uses coupons up, or gives them back: the same request but for its `type`. Sent twice, it may count twice. */
export function application(type: 'redeem' | 'revert'): Operation<CouponRequest> {
	return {
		...couponRequest,
		operation: type,
		endpoint: applyCoupons,
		repeating: 'unwanted',
		addsUp: () => true,
		lane: ({ source_id, coupon_details }) => source_id ?? String(coupon_details[0]?.coupon_code),
		request: ([request]) => ({ query: { type }, body: request?.json }),
	};
}
