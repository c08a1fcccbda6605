/** The type of a value, in the form and in the request. */
export type Kind = 'text' | 'number' | 'boolean' | 'object' | 'items';

/** A property that Simon Data documents. */
export interface Field {
	kind: Kind;
	displayName: string;
	description?: string;
	placeholder?: string;
	/** The form's default when 0 makes no sense. Null means empty, which n8n doesn't turn into 0. */
	initial?: number | null;
	/** Other names of it in the Segment Spec. */
	aliases?: readonly string[];
	/** Which of the contact's values it has when the event has none. */
	person?: 'userId' | 'email';
	/** For text: the most characters, and the most parts between slashes. */
	maxLength?: number;
	maxLevels?: number;
}

/** The properties of events, cart items and contacts: docs.simondata.com/reference/event-ingestion-api. */
const documented = {
	ARN: { kind: 'text', displayName: 'ARN', placeholder: 'e.g. arn:aws:sns:us-east-1:1:endpoint' },
	brand: { kind: 'text', displayName: 'Brand', placeholder: 'e.g. Nyan' },
	cartItems: { kind: 'items', displayName: 'Cart Items', aliases: ['products'] },
	category: {
		kind: 'text',
		displayName: 'Category',
		placeholder: 'e.g. Clothing/Shirts',
		description: 'The product category, with up to 5 levels separated by slashes',
		maxLevels: 5,
	},
	color: { kind: 'text', displayName: 'Color', placeholder: 'e.g. Black' },
	email: {
		kind: 'text',
		displayName: 'Email',
		placeholder: 'e.g. name@email.com',
		description: "The value for this event, if it differs from the contact's",
		person: 'email',
	},
	eventName: {
		kind: 'text',
		displayName: 'Event Name',
		placeholder: 'e.g. some_event',
		description: 'The name, up to 38 characters long, that event triggers in Simon Data use',
		maxLength: 38,
	},
	firstName: {
		kind: 'text',
		displayName: 'First Name',
		placeholder: 'e.g. Jane',
		aliases: ['first_name'],
	},
	isLoggedIn: {
		kind: 'boolean',
		displayName: 'Is Logged In',
		description: 'Whether the contact is now logged in',
	},
	language: { kind: 'text', displayName: 'Language', placeholder: 'e.g. en-US' },
	lastName: { kind: 'text', displayName: 'Last Name', placeholder: 'e.g. Doe', aliases: ['last_name'] },
	name: { kind: 'text', displayName: 'Name', placeholder: 'e.g. Jane Doe' },
	optIn: {
		kind: 'boolean',
		displayName: 'Opt In',
		description: 'Whether the contact has opted in',
	},
	previousQuantity: {
		kind: 'number',
		displayName: 'Previous Quantity',
		description: 'The product quantity before the change',
	},
	price: { kind: 'number', displayName: 'Price' },
	productId: {
		kind: 'text',
		displayName: 'Product ID',
		placeholder: 'e.g. 632910392',
		aliases: ['product_id'],
	},
	productImageUrl: {
		kind: 'text',
		displayName: 'Product Image URL',
		placeholder: 'e.g. https://example.com/shirt.png',
		aliases: ['image_url'],
	},
	productName: {
		kind: 'text',
		displayName: 'Product Name',
		placeholder: 'e.g. Nyan Cat T-Shirt',
		aliases: ['name'],
	},
	productUrl: {
		kind: 'text',
		displayName: 'Product URL',
		placeholder: 'e.g. https://example.com/shirt',
		aliases: ['url'],
	},
	promotion: {
		kind: 'text',
		displayName: 'Promotion',
		placeholder: 'e.g. PROMO_1234',
		aliases: ['coupon'],
	},
	properties: {
		kind: 'object',
		displayName: 'Properties',
		description: 'Additional values, as a JSON object',
	},
	quantity: {
		kind: 'number',
		displayName: 'Quantity',
		description: 'The number of units of the product',
		initial: 1,
	},
	referrer: { kind: 'text', displayName: 'Referrer', placeholder: 'e.g. https://example.com' },
	requiresIdentity: {
		kind: 'boolean',
		displayName: 'Requires Identity',
		description:
			"Whether Simon Data processes the event only if the contact's email is known. If off, your event trigger query must find the contact.",
	},
	revenue: {
		kind: 'number',
		displayName: 'Revenue',
		description: 'The value of the transaction, excluding shipping and tax',
		initial: null,
		aliases: ['subtotal'],
	},
	shipping: { kind: 'number', displayName: 'Shipping', description: 'The cost of shipping' },
	size: { kind: 'text', displayName: 'Size', placeholder: 'e.g. M' },
	style: { kind: 'text', displayName: 'Style', placeholder: 'e.g. Classic' },
	tax: { kind: 'number', displayName: 'Tax' },
	title: { kind: 'text', displayName: 'Title', placeholder: 'e.g. Pricing', aliases: ['name'] },
	transactionId: {
		kind: 'text',
		displayName: 'Transaction ID',
		placeholder: 'e.g. 122710332',
		aliases: ['order_id'],
	},
	userId: {
		kind: 'text',
		displayName: 'User ID',
		placeholder: 'e.g. 97980cfea0067',
		description: "The value for this event, if it differs from the contact's",
		person: 'userId',
	},
	username: { kind: 'text', displayName: 'Username', placeholder: 'e.g. jane' },
	variant: {
		kind: 'text',
		displayName: 'Variant',
		placeholder: 'e.g. 808950810',
		description: 'The variant of the product, for example an SKU',
		aliases: ['sku'],
	},
} satisfies Record<string, Field>;

export type FieldName = keyof typeof documented;

export const fields: Record<FieldName, Field> = documented;
