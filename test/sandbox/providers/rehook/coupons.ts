import { z } from 'zod';
import { type Answer, isObject, json, type ProviderRequest, stringOrNothing } from '../provider';
import { on, type Route } from '../route';
import { couponNotFound, invalidField, missingField, processed } from './replies';

/** The coupons in the examples of https://docs.rehook.ai/reference/coupons-api, which show only these fields. */
const COUPONS = [
	{ coupon_id: 'coupm_rq4XiTPbrhq0d0i92EkSx', coupon_code: 'CUP-21' },
	{ coupon_id: 'coupm_tfKRcTxedjr17FH3m267V', coupon_code: 'KS' },
];

const chosenCoupons = z
	.array(z.object({ coupon_id: z.string().min(1), coupon_code: z.string().min(1) }))
	.min(1);

/** Older and newer pages have different names for amounts, so the amounts of an order aren't checked. */
const order = z
	.object({
		status: z.enum(['pending', 'completed', 'reverted']).optional(),
		items: z
			.array(z.object({ product_id: z.string(), original_price: z.number(), selling_price: z.number() }))
			.optional(),
	})
	.optional();

const couponRequest = z.object({ coupon_details: chosenCoupons, source_id: z.unknown() });

type Choice = z.infer<typeof chosenCoupons>[number];

const exists = ({ coupon_id: id, coupon_code: code }: Choice): boolean =>
	COUPONS.some((coupon) => coupon.coupon_code === code && (id === 'bulk' || id === coupon.coupon_id));

function refusalOf(body: unknown): Answer | undefined {
	const fields = isObject(body) ? body : {};
	if (fields.coupon_details === undefined) return missingField('coupon_details');
	const choices = chosenCoupons.safeParse(fields.coupon_details);
	if (!choices.success) return invalidField('coupon_details');
	if (!order.safeParse(fields.order).success) return invalidField('order');
	return choices.data.every(exists) ? undefined : couponNotFound();
}

function apply({ body, query }: ProviderRequest): Answer {
	const kind = query.get('type');
	if (!kind) return missingField('type');
	if (kind !== 'redeem' && kind !== 'revert') return invalidField('type');
	const refusal = refusalOf(body);
	if (refusal) return refusal;
	const { coupon_details: chosen, source_id: sourceId } = couponRequest.parse(body);
	const name = chosen.map(({ coupon_code: code }) => code).join(', ');
	return { ...processed(), accepted: [{ kind, body, name, user: stringOrNothing(sourceId) }] };
}

export const coupons = (): Route[] => [
	on('POST', '/coupons/list/all', () => json(200, COUPONS)),
	on('POST', '/coupons/validate', ({ body }) => refusalOf(body) ?? processed()),
	on('POST', '/coupons/apply', apply),
];
