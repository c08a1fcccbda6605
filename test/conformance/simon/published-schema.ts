/**
 * Simon Data's Event Ingestion API as JSON Schema, from its OpenAPI files (docs.simondata.com/reference has a page with a
 * file for each type of event). Limits that are only in the text are missing here. The files write `page.url` and
 * `device.type` for nested fields, so a page always has a URL.
 */

export interface Schema {
	type?: string;
	const?: string;
	enum?: readonly string[];
	maxLength?: number;
	items?: Schema;
	properties?: Record<string, Schema>;
	required?: readonly string[];
	additionalProperties?: boolean;
	allOf?: ReadonlyArray<{ if: Schema; then: Schema }>;
}

const text: Schema = { type: 'string' };
const number: Schema = { type: 'number' };
const integer: Schema = { type: 'integer' };
const boolean: Schema = { type: 'boolean' };
const free: Schema = { type: 'object' };

function object(properties: Record<string, Schema>, required: readonly string[] = []): Schema {
	return { type: 'object', properties, required };
}

/** `cartitem` */
const product = {
	productId: text,
	variant: text,
	productImageUrl: text,
	productUrl: text,
	brand: text,
	category: text,
	color: text,
	productName: text,
	size: text,
	style: text,
	price: number,
	properties: free,
};

/** `cartitem_with_quantity` */
const cartItem = object({ ...product, quantity: number }, ['productId', 'variant', 'quantity']);
const cartItems: Schema = { type: 'array', items: cartItem };

export const eventSchemas: Record<string, Schema> = {
	page_view: object({ title: text, language: text, referrer: text }),
	product_view: object(product, ['productId']),
	add_to_cart: object({ ...product, quantity: number, cartItems }, ['productId', 'variant', 'quantity']),
	cart: object({ cartItems }, ['cartItems']),
	update_cart: object({ ...product, quantity: number, previousQuantity: number, cartItems }),
	remove_from_cart: object({ ...product, quantity: number }, ['productId', 'variant', 'quantity']),
	complete_transaction: object(
		{
			transactionId: text,
			revenue: number,
			cartItems,
			shipping: number,
			tax: number,
			promotion: text,
			properties: free,
		},
		['transactionId', 'revenue', 'cartItems'],
	),
	registration: object(
		{
			email: text,
			username: text,
			userId: text,
			optIn: boolean,
			firstName: text,
			lastName: text,
			name: text,
			properties: free,
		},
		['email'],
	),
	favorite: object(product, ['productId']),
	waitlist: object({ ...product, quantity: number }, ['productId', 'variant']),
	authentication: object({ userId: text, isLoggedIn: boolean, ARN: text, email: text, properties: free }, [
		'userId',
		'isLoggedIn',
		'ARN',
	]),
	custom: object({ eventName: { ...text, maxLength: 38 }, requiresIdentity: boolean, properties: free }, [
		'eventName',
	]),
};

export const traitsSchema = object(
	{
		email: text,
		firstName: text,
		lastName: text,
		name: text,
		userId: text,
		username: text,
		ARN: text,
		properties: free,
	},
	['email'],
);

export const contextSchema = object({
	debug: boolean,
	name: text,
	version: text,
	userAgent: text,
	page: object({ url: text }, ['url']),
	device: object({ type: text }, ['type']),
});

const core = {
	partnerId: text,
	partnerSecret: text,
	clientId: { ...text, maxLength: 45 },
	sentAt: integer,
	context: contextSchema,
	ipAddress: text,
	timezone: integer,
	userId: text,
	traits: traitsSchema,
};
const coreRequired = ['partnerId', 'partnerSecret', 'clientId', 'sentAt', 'type', 'context'];

export const trackSchema: Schema = {
	...object(
		{
			...core,
			type: { ...text, const: 'track' },
			event: { ...text, enum: Object.keys(eventSchemas) },
			properties: free,
		},
		[...coreRequired, 'event', 'properties'],
	),
	allOf: Object.entries(eventSchemas).map(([event, properties]) => ({
		if: { properties: { event: { const: event } } },
		then: { properties: { properties } },
	})),
};

export const identifySchema: Schema = object({ ...core, type: { ...text, const: 'identify' } }, [
	...coreRequired,
	'userId',
	'traits',
]);

/** The same, without any names that the description doesn't have. */
export function namedOnly(schema: Schema): Schema {
	const { properties, items, allOf, ...rest } = schema;
	return {
		...rest,
		...(items === undefined ? {} : { items: namedOnly(items) }),
		...(properties === undefined
			? {}
			: {
					properties: Object.fromEntries(
						Object.entries(properties).map(([name, each]) => [name, namedOnly(each)]),
					),
					additionalProperties: false,
				}),
		...(allOf === undefined
			? {}
			: {
					allOf: allOf.map(({ if: condition, then: { properties: ofEvent = {} } }) => ({
						if: condition,
						then: {
							properties: Object.fromEntries(
								Object.entries(ofEvent).map(([name, each]) => [name, namedOnly(each)]),
							),
						},
					})),
				}),
	};
}
