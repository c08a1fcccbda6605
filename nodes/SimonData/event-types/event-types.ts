import { nameFormats } from '../../shared';
import type { FieldName } from './fields';

/** The properties of an event, a cart item or a contact. */
export interface Shape {
	required: readonly FieldName[];
	optional: readonly FieldName[];
}

interface EventType extends Shape {
	displayName: string;
	description: string;
	/** The event's name in the Segment Spec. Simon Data's own name works, too. */
	standardName?: string;
}

const looks: FieldName[] = ['brand', 'category', 'color', 'price', 'productImageUrl', 'productName'];
const details: FieldName[] = [...looks, 'productUrl', 'properties', 'size', 'style'];

export const cartItem: Shape = { required: ['productId', 'variant', 'quantity'], optional: details };

/** The traits of a contact. Simon Data accepts none without an email. */
export const traits: Shape = {
	required: ['email'],
	optional: ['ARN', 'firstName', 'lastName', 'name', 'properties', 'userId', 'username'],
};

/** Every event type that Simon Data documents: docs.simondata.com/reference/event-ingestion-api. */
const documented = {
	add_to_cart: {
		displayName: 'Add to Cart',
		description: 'The contact added a product to the cart',
		standardName: 'Product Added',
		required: cartItem.required,
		optional: ['cartItems', ...details],
	},
	authentication: {
		displayName: 'Authentication',
		description: 'The contact logged in or out',
		required: ['ARN', 'isLoggedIn', 'userId'],
		optional: ['email', 'properties'],
	},
	cart: {
		displayName: 'Cart',
		description: 'The current contents of the cart',
		standardName: 'Cart Viewed',
		required: ['cartItems'],
		optional: [],
	},
	complete_transaction: {
		displayName: 'Complete Transaction',
		description: 'The contact bought something',
		standardName: 'Order Completed',
		required: ['transactionId', 'revenue', 'cartItems'],
		optional: ['promotion', 'properties', 'shipping', 'tax'],
	},
	custom: {
		displayName: 'Custom',
		description: 'Any other event, with your own event name',
		required: ['eventName'],
		optional: ['properties', 'requiresIdentity'],
	},
	favorite: {
		displayName: 'Favorite',
		description: 'The contact marked a product as a favorite',
		standardName: 'Product Added to Wishlist',
		required: ['productId'],
		optional: [...details, 'variant'],
	},
	page_view: {
		displayName: 'Page View',
		description: 'The contact viewed a page',
		standardName: 'Page Viewed',
		required: [],
		optional: ['language', 'referrer', 'title'],
	},
	product_view: {
		displayName: 'Product View',
		description: 'The contact viewed a product',
		standardName: 'Product Viewed',
		required: ['productId'],
		optional: [...details, 'variant'],
	},
	registration: {
		displayName: 'Registration',
		description: 'The contact signed up',
		standardName: 'Signed Up',
		required: ['email'],
		optional: ['firstName', 'lastName', 'name', 'optIn', 'properties', 'userId', 'username'],
	},
	remove_from_cart: {
		displayName: 'Remove From Cart',
		description: 'The contact removed a product from the cart',
		standardName: 'Product Removed',
		required: cartItem.required,
		optional: details,
	},
	update_cart: {
		displayName: 'Update Cart',
		description: 'The contact changed the quantity of a product in the cart',
		required: [],
		optional: ['cartItems', ...details, 'previousQuantity', 'productId', 'quantity', 'variant'],
	},
	waitlist: {
		displayName: 'Waitlist',
		description: 'The contact is on the waitlist for a product',
		required: ['productId', 'variant'],
		optional: [...details, 'quantity'],
	},
} satisfies Record<string, EventType>;

export type EventTypeName = keyof typeof documented;

export const eventTypes: Record<EventTypeName, EventType> = documented;
export const eventTypeNames = Object.keys(documented) as EventTypeName[];

export function isEventType(name: unknown): name is EventTypeName {
	return typeof name === 'string' && Object.hasOwn(eventTypes, name);
}

const byName = new Map(
	eventTypeNames
		.filter((type) => type !== 'custom')
		.flatMap((type) =>
			[type, eventTypes[type].standardName ?? type].map((name) => [nameFormats.snakeCase(name), type]),
		),
);

/** The type for an event name, however it is written. Undefined for custom names. */
export function typeNamed(name: string): EventTypeName | undefined {
	return byName.get(nameFormats.snakeCase(name));
}
