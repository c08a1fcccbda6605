import type { INodeProperties } from 'n8n-workflow';
import { isEmpty, snakeCase } from 'lodash';
import { z } from 'zod/v4';
import {
	entriesOf,
	field,
	ifFilledIn,
	ifUsable,
	isGiven,
	isObject,
	readJson,
	readKeyValues,
	textual,
	type Field,
} from '../../../shared';

const { numeric } = field;

/** A name or the like, without which the order means the same. */
const optionalText = (wrong: string) => ifUsable(textual(z.string(wrong)));

const metadata = z.record(z.string(), z.unknown(), 'Metadata must be an object, e.g. {"cart_qty": "4"}');

const itemSchema = z.looseObject(
	{
		product_id: textual(
			z.string('Each order item must have a Product ID').min(1, 'Each order item must have a Product ID'),
		),
		original_price: numeric('Each order item must have an Original Price that is a number'),
		selling_price: numeric('Each order item must have a Selling Price that is a number'),
		name: optionalText('The name must be text'),
		sku: optionalText('The SKU must be text'),
		quantity: ifFilledIn(numeric('The quantity must be a number')),
		metadata: ifFilledIn(metadata),
	},
	'Each order item must be an object',
);

/**
 * An order as the coupon pages of https://docs.rehook.ai/reference describe it. Older revisions of the pages
 * call the subtotals `original_amount` and `selling_amount`.
 */
const orderSchema = z.looseObject(
	{
		original_price_subtotal: numeric(
			"An order must have an Original Price Subtotal that is a number ('original_price_subtotal' in JSON)",
		),
		selling_price_subtotal: numeric(
			"An order must have a Selling Price Subtotal that is a number ('selling_price_subtotal' in JSON)",
		),
		order_id: ifFilledIn(textual(z.string('The order ID must be text'))),
		status: ifFilledIn(
			z.enum(['pending', 'completed', 'reverted'], 'The order status must be pending, completed or reverted'),
		),
		shipping: ifFilledIn(numeric('Shipping must be a number')),
		tax: ifFilledIn(numeric('The tax must be a number')),
		payment_mode: optionalText('The payment mode must be text'),
		metadata: ifFilledIn(metadata),
		items: ifFilledIn(z.array(itemSchema, 'The order items must be a list')),
	},
	'The order must be an object, e.g. {"original_price_subtotal": 800, "selling_price_subtotal": 800}',
);

const metadataField: INodeProperties = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. {"cart_qty": "4"}',
	description: 'Additional properties, as JSON',
};

const itemFields: INodeProperties[] = [
	metadataField,
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Blue T-Shirt',
	},
	{
		displayName: 'Original Price',
		name: 'originalPrice',
		type: 'number',
		required: true,
		default: 0,
		description: 'The price before any discount',
	},
	{
		displayName: 'Product ID',
		name: 'productId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ABC123',
	},
	{
		displayName: 'Quantity',
		name: 'quantity',
		type: 'number',
		default: 1,
	},
	{
		displayName: 'Selling Price',
		name: 'sellingPrice',
		type: 'number',
		required: true,
		default: 0,
		description: 'The price that the customer pays',
	},
	{
		displayName: 'SKU',
		name: 'sku',
		type: 'string',
		default: '',
		placeholder: 'e.g. SKU123',
	},
];

const orderProperties: INodeProperties[] = [
	{
		displayName: 'Specify Order',
		name: 'orderInput',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'fields',
		description: 'How to enter the order that the coupons apply to. To send no order, leave Order empty.',
	},
	{
		displayName: 'Order',
		name: 'order',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		displayOptions: { show: { orderInput: ['fields'] } },
		options: [
			{
				displayName: 'Items',
				name: 'items',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add item',
				default: {},
				description:
					'The products in the order. To use a list from the input data, set Specify Order to Using JSON.',
				options: [{ displayName: 'Item', name: 'item', values: itemFields }],
			},
			metadataField,
			{
				displayName: 'Order ID',
				name: 'orderId',
				type: 'string',
				default: '',
				placeholder: 'e.g. order_123',
			},
			{
				displayName: 'Original Price Subtotal',
				name: 'originalPriceSubtotal',
				type: 'number',
				required: true,
				default: 0,
				description: 'The sum of the original prices. Required for every order.',
			},
			{
				displayName: 'Payment Mode',
				name: 'paymentMode',
				type: 'string',
				default: '',
				placeholder: 'e.g. UPI',
			},
			{
				displayName: 'Selling Price Subtotal',
				name: 'sellingPriceSubtotal',
				type: 'number',
				required: true,
				default: 0,
				description: 'The sum of the selling prices. Required for every order.',
			},
			{
				displayName: 'Shipping',
				name: 'shipping',
				type: 'number',
				default: 0,
				description: 'The cost of shipping',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: [
					{ name: 'Completed', value: 'completed' },
					{ name: 'Pending', value: 'pending' },
					{ name: 'Reverted', value: 'reverted' },
				],
				default: 'pending',
			},
			{
				displayName: 'Tax',
				name: 'tax',
				type: 'number',
				default: 0,
			},
		],
	},
	{
		displayName: 'Order',
		name: 'orderJson',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"original_price_subtotal": 800, "selling_price_subtotal": 800}',
		description:
			'The order, with the property names from Rehook’s API: order_id, status, original_price_subtotal, selling_price_subtotal, shipping, tax, payment_mode, metadata and items. Each item can have product_id, original_price, selling_price, sku, name, quantity and metadata.',
		displayOptions: { show: { orderInput: ['json'] } },
	},
];

/** The order that coupons are for. An empty form sends none. */
export const order: Field<z.infer<typeof orderSchema> | undefined> = {
	properties: orderProperties,
	schema: orderSchema.optional(),
	read(fields) {
		const given =
			fields('orderInput') === 'json' ? readKeyValues(fields, 'order') : fromForm(fields('order'));
		return !isGiven(given) || (isObject(given) && isEmpty(given)) ? undefined : given;
	},
};

function fromForm(form: unknown): Record<string, unknown> {
	if (!isObject(form)) return {};
	const { items, ...others } = form;
	const list = entriesOf(items, 'item').map(withApiNames);
	return { ...withApiNames(others), ...(list.length === 0 ? {} : { items: list }) };
}

/** Renames the form's parameters as the API has them: `orderId` is `order_id` there. */
function withApiNames(form: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries({ ...form, metadata: toMetadata(form.metadata) })
			.filter(([, value]) => isGiven(value))
			.map(([name, value]) => [snakeCase(name), value]),
	);
}

function toMetadata(value: unknown): unknown {
	const parsed = readJson(value, 'Metadata');
	return isObject(parsed) && isEmpty(parsed) ? undefined : parsed;
}
