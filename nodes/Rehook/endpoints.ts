import type { Endpoint } from '../shared';

/** Rehook's API reference; each endpoint is named after its page there. */
const page = (slug: string) => `https://docs.rehook.ai/reference/${slug}`;

export const triggerEvent: Endpoint = {
	method: 'POST',
	path: '/events/invoke',
	source: page('trigger-event'),
};

export const createCustomer: Endpoint = {
	method: 'POST',
	path: '/customers',
	source: page('create-customer'),
};

/** Their pages say GET in one place and POST in another. These two have no body, so GET is more likely. */
export const getCustomer: Endpoint = {
	method: 'GET',
	path: '/customers/{source_id}',
	source: page('get-customer'),
};

export const validateReferralCode: Endpoint = {
	method: 'GET',
	path: '/customers/validate-code/{referral_code}',
	source: page('validate-refferal-code'),
};

export const getWallets: Endpoint = {
	method: 'GET',
	path: '/wallets/customer/{source_id}',
	source: page('get-wallets-by-customer-id'),
};

export const creditOrDebitWallet: Endpoint = {
	method: 'PUT',
	path: '/wallets/customer/{source_id}/transactions/{wallet_id}',
	source: page('credit-debit-wallet'),
};

export const getTransactions: Endpoint = {
	method: 'GET',
	path: '/wallets/customer/{source_id}/transactions/{wallet_id}',
	source: page('get-customer-wallet-details'),
};

/** The same page also names `/api/customers/referrals/{source_id}`, in a part that was generated. */
export const getReferrals: Endpoint = {
	method: 'GET',
	path: '/customers/referral/list/{source_id}',
	source: page('get-referral-list'),
};

export const getRewardProgress: Endpoint = {
	method: 'GET',
	path: '/campaigns/reward-progress',
	source: page('get-reward-progress'),
};

export const getCoupons: Endpoint = {
	method: 'POST',
	path: '/coupons/list/all',
	source: page('get-coupons'),
};

export const validateCoupons: Endpoint = {
	method: 'POST',
	path: '/coupons/validate',
	source: page('validate-coupons'),
};

export const applyCoupons: Endpoint = {
	method: 'POST',
	path: '/coupons/apply',
	source: page('apply-coupons'),
};
