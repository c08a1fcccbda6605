import { many, masked, type Provider } from '../shared/delivery';
import { getMany as getManyCoupons } from './actions/coupon/get-many.operation';
import { redeem } from './actions/coupon/redeem.operation';
import { revert } from './actions/coupon/revert.operation';
import { validate as validateCoupon } from './actions/coupon/validate.operation';
import { get } from './actions/customer/get.operation';
import { identify } from './actions/customer/identify.operation';
import { send } from './actions/event/send.operation';
import { validate as validateReferralCode } from './actions/referralCode/validate.operation';
import { credit } from './actions/wallet/credit.operation';
import { debit } from './actions/wallet/debit.operation';
import { getMany as getManyWallets } from './actions/wallet/get-many.operation';
import { encodedKeys } from './authorization';
import { explain } from './explain';

/** Rehook, https://docs.rehook.ai/reference: one record a request, JSON, HTTP Basic. */
export const rehook: Provider = {
	displayName: 'Rehook',
	credentialType: 'rehookApi',
	nameFormat: 'asIs',
	operations: [
		send,
		many(send, 'sendMany'),
		identify,
		many(identify, 'identifyMany'),
		get,
		validateReferralCode,
		getManyWallets,
		credit,
		debit,
		getManyCoupons,
		validateCoupon,
		redeem,
		revert,
	],
	readCredential({ apiKey, secretKey }) {
		const keys = [String(apiKey), String(secretKey)] as const;
		return {
			secrets: [...keys, encodedKeys(...keys)],
			shownHeaders: { Authorization: `Basic ${masked}` },
			facts: {},
		};
	},
	explain,
};
