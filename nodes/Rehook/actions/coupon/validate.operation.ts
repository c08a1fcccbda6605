import type { Operation } from '../../../shared/delivery';
import { validateCoupons } from '../../endpoints';
import { couponRequest, type CouponRequest } from './coupon-request';

export const validate: Operation<CouponRequest> = {
	...couponRequest,
	operation: 'validate',
	endpoint: validateCoupons,
	repeating: 'harmless',
	request: ([request]) => ({ body: request?.json }),
};
