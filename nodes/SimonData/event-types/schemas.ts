import { z, type ZodType } from 'zod/v4';
import { characters, ifUsable } from '../../shared';
import { cartItem, eventTypeNames, eventTypes, type EventTypeName, type Shape } from './event-types';
import { fields, type Field, type FieldName, type Kind } from './fields';

/** The messages for a missing value and for one of the wrong type. */
function expects(what: string) {
	return {
		error: ({ input }: { input?: unknown }) =>
			input === undefined ? 'Simon Data requires this value, which is missing' : `The value must be ${what}`,
	};
}

const kinds: Record<Kind, ZodType> = {
	text: z.string(expects('text')),
	number: z.number(expects('a number')),
	boolean: z.boolean(expects('true or false')),
	object: z.record(z.string(), z.unknown(), expects('an object, e.g. {"plan": "pro"}')),
	items: z.array(
		z.lazy(() => schemaOf(cartItem)),
		expects('a list of products'),
	),
};

/** The rules for an event's properties, a cart item or a contact's traits. */
export function schemaOf({ required, optional }: Shape) {
	return z.object(
		{
			...shapeOf(required, (field) => ruleOf(field)),
			...shapeOf(optional, optionalRuleOf),
		},
		expects('an object'),
	);
}

function shapeOf(names: readonly FieldName[], rule: (field: Field) => ZodType): Record<string, ZodType> {
	return Object.fromEntries(names.map((name) => [name, rule(fields[name])]));
}

/** Text and booleans can be left out of a record; amounts, products, properties and who it is can't. */
function optionalRuleOf(field: Field): ZodType {
	const isVital = !['text', 'boolean'].includes(field.kind) || field.person !== undefined;
	return isVital ? ruleOf(field).optional() : ifUsable(ruleOf(field));
}

function ruleOf({ kind, maxLength = Infinity, maxLevels = Infinity }: Field): ZodType {
	const isTooLong = (value: unknown) => typeof value === 'string' && characters(value) > maxLength;
	const isTooDeep = (value: unknown) => typeof value === 'string' && value.split('/').length > maxLevels;
	return kinds[kind]
		.refine((value) => !isTooLong(value), {
			error: ({ input }) =>
				`The value has ${characters(String(input))} characters, and Simon Data accepts up to ${maxLength}`,
		})
		.refine((value) => !isTooDeep(value), `A product category can have up to ${maxLevels} levels`);
}

/** The rules for the properties of each type of event. */
export const propertiesOf = Object.fromEntries(
	eventTypeNames.map((type) => [type, schemaOf(eventTypes[type])]),
) as Record<EventTypeName, ReturnType<typeof schemaOf>>;
