import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { entriesOf, keyValueFields, readJson, readJsonField, readKeyValues, type Fields } from '../../shared';
import { cartItem, eventTypeNames, eventTypes, traits, type EventTypeName, type Shape } from './event-types';
import { fields as documented, type FieldName, type Kind } from './fields';
import type { Values } from './read';

const controls: Record<Kind, Pick<INodeProperties, 'type' | 'default'>> = {
	text: { type: 'string', default: '' },
	number: { type: 'number', default: 0 },
	boolean: { type: 'boolean', default: true },
	object: { type: 'json', default: '{}' },
	items: { type: 'json', default: '[]' },
};

function control(name: FieldName): INodeProperties {
	const { kind, displayName, description, placeholder, initial } = documented[name];
	const { type, default: empty } = controls[kind];
	const value = initial === undefined ? empty : initial;
	return { displayName, name, type, default: value, description, placeholder };
}

/** These have their own controls in an event's form. */
const special = new Set<FieldName>(['cartItems', 'properties']);

/** The required fields, except for those that the contact's fields already cover. */
function asked({ required }: Shape): FieldName[] {
	return required.filter((name) => documented[name].person === undefined && !special.has(name));
}

/** The optional fields. */
function addable(shape: Shape): FieldName[] {
	const taken = new Set([...asked(shape), ...special]);
	return [...shape.required, ...shape.optional].filter((name) => !taken.has(name));
}

function everything({ required, optional }: Shape): FieldName[] {
	return [...required, ...optional];
}

type Part = (shape: Shape) => FieldName[];

function typesWith(part: Part, name: FieldName): EventTypeName[] {
	return eventTypeNames.filter((type) => part(eventTypes[type]).includes(name));
}

function namesIn(part: Part): FieldName[] {
	const names = eventTypeNames.flatMap((type) => part(eventTypes[type]));
	return [...new Set(names)];
}

function forTypes(eventType: EventTypeName[], properties: INodeProperties[]): INodeProperties[] {
	return updateDisplayOptions({ show: { eventType } }, properties);
}

function sorted(properties: INodeProperties[]): INodeProperties[] {
	return properties.sort((a, b) => a.displayName.localeCompare(b.displayName));
}

const eventType: INodeProperties = {
	displayName: 'Event Type',
	name: 'eventType',
	type: 'options',
	// An expression would show, and require, the fields of all types at once.
	noDataExpression: true,
	options: eventTypeNames.map((value) => {
		const { displayName, description } = eventTypes[value];
		return { name: displayName, value, description };
	}),
	default: 'custom',
	description: 'The Simon Data event type that describes what happened',
};

const required = namesIn(asked).flatMap((name) =>
	forTypes(typesWith(asked, name), [{ ...control(name), required: true }]),
);

const details: INodeProperties = {
	displayName: 'Details',
	name: 'details',
	type: 'collection',
	placeholder: 'Add detail',
	default: {},
	options: sorted(
		namesIn(addable).map((name) => ({
			...control(name),
			displayOptions: { show: { '/eventType': typesWith(addable, name) } },
		})),
	),
};

const cartItems: INodeProperties[] = [
	{
		displayName: 'Specify Cart Items',
		name: 'cartItemsInput',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'fields',
	},
	{
		displayName: 'Cart Items',
		name: 'cartItems',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add cart item',
		default: {},
		options: [
			{
				displayName: 'Cart Item',
				name: 'item',
				values: [
					...asked(cartItem).map((name) => ({ ...control(name), required: true })),
					{
						displayName: 'Details',
						name: 'details',
						type: 'collection',
						placeholder: 'Add detail',
						default: {},
						options: sorted(cartItem.optional.map(control)),
					},
				],
			},
		],
		displayOptions: { show: { cartItemsInput: ['fields'] } },
	},
	{
		displayName: 'Cart Items',
		name: 'cartItemsJson',
		type: 'json',
		default: '[]',
		placeholder: 'e.g. [{"productId": "632910392", "variant": "808950810", "quantity": 2}]',
		description:
			'A list of products, with property names from Simon Data or the Segment Spec, such as product_id',
		displayOptions: { show: { cartItemsInput: ['json'] } },
	},
];

/** The event type and its fields. */
export const eventTypeFields: INodeProperties[] = [
	eventType,
	...required,
	...forTypes(typesWith(everything, 'cartItems'), cartItems),
	...forTypes(
		typesWith(everything, 'properties'),
		keyValueFields({
			name: 'properties',
			displayName: 'Properties',
			description: 'Additional values that content and templates in Simon Data can use',
			example: '{"someProperty": "Some value"}',
		}),
	),
	...forTypes(
		eventTypeNames.filter((type) => addable(eventTypes[type]).length > 0),
		[details],
	),
];

/** A contact's traits, besides the user ID and the email. */
export const traitFields: INodeProperties[] = [
	{
		displayName: 'Traits',
		name: 'traits',
		type: 'collection',
		placeholder: 'Add trait',
		default: {},
		options: sorted(
			addable(traits)
				.filter((name) => documented[name].person === undefined)
				.map(control),
		),
	},
	...keyValueFields({
		name: 'customTraits',
		displayName: 'Custom Traits',
		description: 'Additional details about the contact',
		example: '{"campaignId": "12345"}',
	}),
];

/** Reads the fields of an event type. Reading the fields of other types would throw, because they are hidden. */
export function readForm(fields: Fields, type: EventTypeName): Values {
	const shape = eventTypes[type];
	const has = new Set(everything(shape));
	return {
		...Object.fromEntries(asked(shape).map((name) => [name, fields(name)])),
		...(addable(shape).length === 0 ? {} : (fields('details') as Values)),
		...(has.has('cartItems') ? { cartItems: readCartItems(fields) } : {}),
		...(has.has('properties') ? { properties: readKeyValues(fields, 'properties') } : {}),
	};
}

/** Undefined when no items were added. For an empty cart, users specify JSON. */
function readCartItems(fields: Fields): unknown {
	if (fields('cartItemsInput') === 'json') return readJsonField(fields, 'cartItems');
	const items = entriesOf(fields('cartItems'), 'item');
	if (items.length === 0) return undefined;
	return items.map(({ details, ...item }) => {
		const more = details as Values | undefined;
		return { ...item, ...more, properties: readJson(more?.properties, 'Properties') };
	});
}
