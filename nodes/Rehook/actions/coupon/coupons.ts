import { z } from 'zod/v4';
import { asText, entriesOf, field, readText, record, type Field } from '../../../shared';
import { optionalSourceId } from '../../source-id';
import { order } from './order';

const couponId = field.text({
	displayName: 'Coupon ID',
	name: 'couponId',
	placeholder: 'e.g. coupm_tfKRcTxedjr17FH3m267V',
	description: 'The ID of the coupon. For a bulk user coupon, enter bulk.',
	missing: "'Coupon ID' is empty: enter the ID of the coupon, or bulk for a bulk user coupon",
});

const couponCode = field.text({
	displayName: 'Coupon Code',
	name: 'couponCode',
	placeholder: 'e.g. CUP-21',
	description: 'The code that the customer entered or chose',
	missing: "'Coupon Code' is empty",
});

const couponProperties = [...couponId.properties, ...couponCode.properties];
const couponsSchema = z.array(z.object({ coupon_id: couponId.schema, coupon_code: couponCode.schema }));

/** One coupon in its own fields, and a collection for more. */
const coupons: Field<z.infer<typeof couponsSchema>> = {
	properties: [
		...couponProperties,
		{
			displayName: 'More Coupons',
			name: 'moreCoupons',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add coupon',
			default: {},
			description: 'Additional coupons for the same order',
			options: [{ displayName: 'Coupon', name: 'coupon', values: couponProperties }],
		},
	],
	schema: couponsSchema,
	read: (fields) => [
		{ coupon_id: readText(fields, 'couponId'), coupon_code: readText(fields, 'couponCode') },
		...entriesOf(fields('moreCoupons'), 'coupon').map((entry) => ({
			coupon_id: asText(entry.couponId),
			coupon_code: asText(entry.couponCode),
		})),
	],
};

/** The record of every operation on chosen coupons. */
export const chosenCoupons = record({ coupon_details: coupons, source_id: optionalSourceId, order });
