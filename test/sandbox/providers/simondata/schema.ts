import { z } from 'zod';

/**
 * The tables of https://docs.simondata.com/reference/event-ingestion-api. They don't allow the event type `search`, which is
 * published elsewhere, so the sandbox doesn't play it.
 */

const details = z.record(z.unknown());
const MAX_CATEGORY_LEVELS = 5;

const product = z.object({
	productId: z.string(),
	variant: z.string(),
	productImageUrl: z.string(),
	productUrl: z.string(),
	brand: z.string(),
	category: z.string().refine((levels) => levels.split('/').length <= MAX_CATEGORY_LEVELS),
	color: z.string(),
	productName: z.string(),
	size: z.string(),
	style: z.string(),
	price: z.number(),
	properties: details,
});

const cartItem = product.partial();
const quantity = z.number();
const counted = cartItem.required({ productId: true, variant: true }).extend({ quantity });
const cartItems = z.array(counted);

const propertiesOf = {
	page_view: z.object({ title: z.string(), language: z.string(), referrer: z.string() }).partial(),
	product_view: cartItem.required({ productId: true }),
	add_to_cart: counted.extend({ cartItems: cartItems.optional() }),
	cart: z.object({ cartItems }),
	update_cart: cartItem.extend({
		quantity: quantity.optional(),
		previousQuantity: quantity.optional(),
		cartItems: cartItems.optional(),
	}),
	remove_from_cart: counted,
	complete_transaction: z.object({
		transactionId: z.string(),
		revenue: z.number(),
		cartItems,
		shipping: z.number().optional(),
		tax: z.number().optional(),
		promotion: z.string().optional(),
		properties: details.optional(),
	}),
	registration: z.object({
		email: z.string(),
		username: z.string().optional(),
		userId: z.string().optional(),
		optIn: z.boolean().optional(),
		firstName: z.string().optional(),
		lastName: z.string().optional(),
		name: z.string().optional(),
		properties: details.optional(),
	}),
	favorite: cartItem.required({ productId: true }),
	waitlist: cartItem.required({ productId: true, variant: true }).extend({ quantity: quantity.optional() }),
	authentication: z.object({
		userId: z.string(),
		isLoggedIn: z.boolean(),
		ARN: z.string(),
		email: z.string().optional(),
		properties: details.optional(),
	}),
	custom: z.object({
		eventName: z.string().min(1).max(38),
		requiresIdentity: z.boolean().optional(),
		properties: details.optional(),
	}),
} satisfies Record<string, z.ZodTypeAny>;

type EventType = keyof typeof propertiesOf;

const isEventType = (event: unknown): event is EventType =>
	typeof event === 'string' && Object.hasOwn(propertiesOf, event);

const traits = z.object({
	email: z.string().min(1),
	firstName: z.string().optional(),
	lastName: z.string().optional(),
	name: z.string().optional(),
	userId: z.string().optional(),
	username: z.string().optional(),
	ARN: z.string().optional(),
	properties: details.optional(),
});

const common = z.object({
	clientId: z.string().min(1).max(45),
	sentAt: z.number().int().nonnegative(),
	context: z.object({
		debug: z.boolean().optional(),
		name: z.string().optional(),
		version: z.string().optional(),
		userAgent: z.string().optional(),
		page: z.object({ url: z.string().optional() }).optional(),
		device: z.object({ type: z.string().optional() }).optional(),
	}),
	ipAddress: z.string().optional(),
	timezone: z.number().int().optional(),
	userId: z.string().optional(),
	traits: traits.optional(),
});

const identify = common.extend({ userId: z.string().min(1), traits });

const flawIn = (schema: z.ZodTypeAny, value: unknown): string | undefined => {
	const [issue] = schema.safeParse(value).error?.issues ?? [];
	return issue && `${issue.path.join('.')}: ${issue.message}`;
};

/** Returns the first problem, or undefined. Only the text for an unknown type is Simon's own. */
export function flawOf(body: Record<string, unknown>): string | undefined {
	const { type, event, properties } = body;
	if (type === 'identify') return flawIn(identify, body);
	if (type !== 'track' || !isEventType(event)) return `Unknown event type: collect.${String(type)}`;
	return flawIn(common, body) ?? flawIn(z.object({ properties: propertiesOf[event] }), { properties });
}
