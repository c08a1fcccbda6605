import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { entriesOf } from '../../../shared/collections';
import { readText, type Fields, type Operation } from '../../../shared/delivery';
import { text } from '../../../shared/event';
import { sourceIdField } from '../../source-id';
import { orderFields, orderSchema, readOrder } from './order';

const chosenCoupon = z.object({
	coupon_id: z.string("'Coupon ID' is empty: enter the coupon's ID, or bulk for a bulk user coupon"),
	coupon_code: z.string("'Coupon Code' is empty"),
});

const couponRequestSchema = z.object({
	coupon_details: z.array(chosenCoupon),
	source_id: z.string().optional(),
	order: orderSchema.optional(),
});

export type CouponRequest = z.infer<typeof couponRequestSchema>;

export const optionalSourceIdField: INodeProperties = {
	...sourceIdField,
	required: false,
	description: 'The ID of the customer in your own application. Leave empty if nobody is logged in.',
};

const couponIdField: INodeProperties = {
	displayName: 'Coupon ID',
	name: 'couponId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. coupm_tfKRcTxedjr17FH3m267V',
	description: "The coupon's ID, or bulk for a bulk user coupon",
};

const couponCodeField: INodeProperties = {
	displayName: 'Coupon Code',
	name: 'couponCode',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. CUP-21',
	description: 'The code that the customer entered or chose',
};

const fields: INodeProperties[] = [
	couponIdField,
	couponCodeField,
	{
		displayName: 'More Coupons',
		name: 'moreCoupons',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add coupon',
		default: {},
		description: 'Further coupons for the same order',
		options: [{ displayName: 'Coupon', name: 'coupon', values: [couponIdField, couponCodeField] }],
	},
	optionalSourceIdField,
	...orderFields,
];

/** What is asked about chosen coupons, and an order they are for, is the same for all that can be done with them. */
export const couponRequest = {
	resource: 'coupon',
	reports: 'each',
	fields,
	schema: couponRequestSchema,
	fromFields(read: Fields) {
		return {
			record: {
				coupon_details: [
					{ coupon_id: readText(read, 'couponId'), coupon_code: readText(read, 'couponCode') },
					...entriesOf(read('moreCoupons'), 'coupon').map(({ couponId, couponCode }) => ({
						coupon_id: text(couponId),
						coupon_code: text(couponCode),
					})),
				],
				source_id: readText(read, 'sourceId'),
				...readOrder(read),
			},
		};
	},
} satisfies Partial<Operation<CouponRequest>>;
