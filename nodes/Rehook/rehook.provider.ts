import { asSummary, manyEvents, masked, type Provider } from '../shared';
import { getRewardProgress } from './actions/campaign/get-reward-progress.operation';
import { redeem, revert, validate as validateCoupon } from './actions/coupon/apply.operation';
import { getMany as getManyCoupons } from './actions/coupon/get-many.operation';
import { get } from './actions/customer/get.operation';
import { getReferrals } from './actions/customer/get-referrals.operation';
import { identify } from './actions/customer/identify.operation';
import { send } from './actions/event/send.operation';
import { validate as validateReferralCode } from './actions/referralCode/validate.operation';
import { getMany as getManyWallets } from './actions/wallet/get-many.operation';
import { getTransactions } from './actions/wallet/get-transactions.operation';
import { credit, debit } from './actions/wallet/transaction.operation';
import { encodedKeys } from './authorization';
import { explain } from './explain';

/** Rehook, https://docs.rehook.ai/reference: one record a request, JSON, HTTP Basic authentication. */
export const rehook: Provider = {
	displayName: 'Rehook',
	credentialType: 'rehookApi',
	nameFormat: 'asIs',
	operations: [
		send,
		asSummary(send, manyEvents),
		identify,
		asSummary(identify, {
			action: 'Identify many customers',
			description: 'Create or update a customer for every input item and return one summary',
		}),
		get,
		validateReferralCode,
		getReferrals,
		getManyWallets,
		getTransactions,
		credit,
		debit,
		getManyCoupons,
		validateCoupon,
		redeem,
		revert,
		getRewardProgress,
	],
	readCredential({ apiKey, secretKey }) {
		const keys = [String(apiKey), String(secretKey)] as const;
		return {
			secrets: [...keys, encodedKeys(...keys)],
			shownHeaders: { Authorization: `Basic ${masked}` },
		};
	},
	explain,
};
