import type { Endpoint } from '../shared/delivery';

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

/** Of the next two, a page says GET in one place and POST in another; reads without a body are a GET. */
export const getCustomer: Endpoint = {
	method: 'GET',
	path: '/customers/{source_id}',
	source: page('get-customer'),
	evidence: 'inferred',
};

export const validateReferralCode: Endpoint = {
	method: 'GET',
	path: '/customers/validate-code/{referral_code}',
	source: page('validate-refferal-code'),
	evidence: 'inferred',
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
