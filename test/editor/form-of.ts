import { sortBy, uniqBy } from 'lodash';
import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
	type NodeParameterValueType,
} from 'n8n-workflow';
import { isObject } from '../../nodes/shared/event';

const NODE = { typeVersion: 1 };

/** One of a node's forms: the values of the selects that decide which fields are shown. */
export type Choices = Record<string, string>;

/** Selects that are combined with each other. Of other selects, each option is chosen once. */
const COMBINED = ['resource', 'operation', 'mappingMode'];

/** Returns every form of a node. */
export function formsOf(type: INodeTypeDescription): Choices[] {
	return combinations(type, {}).flatMap((choices) => [choices, ...alternatives(type, choices, COMBINED)]);
}

function combinations(type: INodeTypeDescription, choices: Choices): Choices[] {
	const next = selects(type, choices).find(({ name }) => COMBINED.includes(name) && !(name in choices));
	if (next === undefined) return [choices];
	return optionsOf(next).flatMap(({ value }) =>
		combinations(type, { ...choices, [next.name]: String(value) }),
	);
}

function alternatives(type: INodeTypeDescription, choices: Choices, known: string[]): Choices[] {
	const fresh = selects(type, choices).filter(({ name }) => !known.includes(name));
	const nowKnown = [...known, ...fresh.map(({ name }) => name)];
	return fresh.flatMap((select) =>
		optionsOf(select)
			.filter(({ value }) => value !== select.default)
			.map(({ value }) => ({ ...choices, [select.name]: String(value) }))
			.flatMap((other) => [other, ...alternatives(type, other, nowKnown)]),
	);
}

/** Returns the selects in a form that decide what else it shows, in order. */
export function selects(type: INodeTypeDescription, choices: Choices): INodeProperties[] {
	const deciding = new Set(
		type.properties.flatMap(({ displayOptions: { show, hide } = {} }) => Object.keys({ ...show, ...hide })),
	);
	return shown(type, withDefaults(type, choices)).filter(
		({ type: kind, name, noDataExpression }) =>
			kind === 'options' && (noDataExpression === true || deciding.has(name)),
	);
}

export function optionsOf({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options as INodePropertyOptions[];
}

/** Returns the option of a select in a form. */
export function chosenOption(select: INodeProperties, choices: Choices): INodePropertyOptions {
	const value = choices[select.name] ?? select.default;
	const option = optionsOf(select).find((each) => each.value === value);
	if (option === undefined) throw new Error(`${select.displayName} has no option ${String(value)}.`);
	return option;
}

/** Returns one of several forms that have the same labels and offer the same choices. */
export function differentForms(type: INodeTypeDescription, forms: Choices[]): Choices[] {
	return uniqBy(forms, (choices) =>
		JSON.stringify([
			labelsOf(type, withDefaults(type, choices)),
			selects(type, choices).map((select) => optionsOf(select).map(({ name }) => name)),
		]),
	);
}

/** Returns a form with n8n's defaults. */
export function withDefaults(type: INodeTypeDescription, choices: Choices): INodeParameters {
	return NodeHelpers.getNodeParameters(type.properties, choices, true, false, NODE, type) ?? {};
}

/** Returns the labels that a form must show, from top to bottom. Notices have no labels. */
export function labelsOf(type: INodeTypeDescription, parameters: INodeParameters): string[] {
	return pathsIn(type, shown(type, parameters), parameters).map((path) => path.at(-1) ?? '');
}

/** Returns few forms that together show every field of a node. */
export function formsWithEveryField(type: INodeTypeDescription): Choices[] {
	const forms = formsOf(type).map((choices) => {
		const parameters = withEverything(type, choices);
		return { choices, paths: pathsIn(type, shown(type, parameters), parameters).map(String) };
	});
	const seen = new Set<string>();
	const largestFirst = sortBy(forms, ({ paths }) => -paths.length);
	return largestFirst.flatMap(({ choices, paths }) => {
		const isNews = paths.some((path) => !seen.has(path));
		paths.forEach((path) => seen.add(path));
		return isNews ? [choices] : [];
	});
}

/** Returns each label with the labels of the collections around it. */
function pathsIn(
	type: INodeTypeDescription,
	properties: INodeProperties[],
	root: INodeParameters,
): string[][] {
	const within = (property: INodeProperties, value: unknown): string[][] => {
		const { type: kind, displayName, options = [] } = property;
		if (['notice', 'hidden', 'credentials'].includes(kind)) return [];
		const inner = (fields: INodeProperties[], values: unknown) =>
			fields
				.filter(({ name }) => isObject(values) && name in values)
				.filter((field) => NodeHelpers.displayParameter(values as INodeParameters, field, NODE, type, root))
				.flatMap((field) => within(field, (values as INodeParameters)[field.name]));
		const nested =
			kind === 'collection'
				? inner(options as INodeProperties[], value)
				: kind === 'fixedCollection' && isObject(value)
					? (options as INodePropertyCollection[]).flatMap(({ name, values }) =>
							[value[name] ?? []].flat().flatMap((row) => inner(values, row)),
						)
					: [];
		return [[displayName], ...nested.map((path) => [displayName, ...path])];
	};
	return properties.flatMap((property) => within(property, root[property.name]));
}

function shown(type: INodeTypeDescription, parameters: INodeParameters): INodeProperties[] {
	return type.properties.filter((property) =>
		NodeHelpers.displayParameter(parameters, property, NODE, type, parameters),
	);
}

/** Returns a form with every option added and one row in every list. */
export function withEverything(type: INodeTypeDescription, choices: Choices): INodeParameters {
	const parameters = withDefaults(type, choices);
	const more = shown(type, parameters)
		.filter((property) => property.type === 'collection' || property.type === 'fixedCollection')
		.map((property) => [property.name, everythingIn(property)]);
	return { ...parameters, ...(Object.fromEntries(more) as INodeParameters) };
}

/** Returns a form whose required fields are filled in with the examples in them. */
export function withExamples(type: INodeTypeDescription, choices: Choices): INodeParameters {
	const parameters = withDefaults(type, choices);
	const filledIn = shown(type, parameters).flatMap((property): Array<[string, NodeParameterValueType]> => {
		const { name, type: kind, required, default: value, placeholder, modes } = property;
		if (kind === 'resourceLocator') {
			const example = exampleIn(modes?.find(({ type: mode }) => mode === 'string')?.placeholder);
			return [[name, { __rl: true, mode: 'id', value: example }]];
		}
		if (required !== true || value !== '' || kind === 'options') return [];
		return [[name, kind === 'number' ? 1 : exampleIn(placeholder)]];
	});
	return { ...parameters, ...Object.fromEntries(filledIn) };
}

const exampleIn = (placeholder = '') => placeholder.replace(/^e\.g\. /, '');

function everythingIn(property: INodeProperties): unknown {
	const { type, options = [], default: value } = property;
	if (type === 'collection') return valuesOf(options as INodeProperties[]);
	if (type !== 'fixedCollection') return value;
	const groups = (options as INodePropertyCollection[]).map(({ name, values }) => {
		const row = valuesOf(values);
		return [name, property.typeOptions?.multipleValues === true ? [row] : row];
	});
	return Object.fromEntries(groups);
}

const valuesOf = (properties: INodeProperties[]) =>
	Object.fromEntries(properties.map((property) => [property.name, everythingIn(property)]));
