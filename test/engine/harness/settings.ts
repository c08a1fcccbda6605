import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type NodeParameterValueType,
} from 'n8n-workflow';

/** A node of version 1. None of our nodes has displays that depend on versions. */
const node = { typeVersion: 1 };

export function isShown(property: INodeProperties, values: INodeParameters, root = values): boolean {
	return NodeHelpers.displayParameter(values, property, node, null, root);
}

/**
 * Returns every combination of the parameters that decide which others are shown: each resource, each of its operations,
 * each mapping mode of that, and so on.
 * @param root the node's parameters, if the properties are those of a collection
 */
export function everyChoice(
	properties: readonly INodeProperties[],
	root?: INodeParameters,
	chosen: INodeParameters = {},
): INodeParameters[] {
	const decisive = new Set(properties.flatMap(namesThatDecideOn));
	const open = properties.find(
		(each) => decisive.has(each.name) && !(each.name in chosen) && isShown(each, chosen, root),
	);
	if (open === undefined) return [chosen];
	return choicesOf(open).flatMap((value) => everyChoice(properties, root, { ...chosen, [open.name]: value }));
}

function namesThatDecideOn({ displayOptions: { show, hide } = {} }: INodeProperties): string[] {
	return Object.keys({ ...show, ...hide });
}

function choicesOf(property: INodeProperties): Array<string | number | boolean> {
	if (property.type === 'boolean') return [true, false];
	if (property.type === 'options') return optionsOf(property).map(({ value }) => value);
	throw new Error(`'${property.name}' decides on other parameters, and is none to choose from`);
}

export function optionsOf({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options as INodePropertyOptions[];
}

/** Returns the fields of a collection. */
export function fieldsOf({ options = [] }: INodeProperties): INodeProperties[] {
	return options as INodeProperties[];
}

/** Returns the groups of fields of a fixed collection. */
export function groupsOf({ options = [] }: INodeProperties): INodePropertyCollection[] {
	return options as INodePropertyCollection[];
}

/** Fills in every field that is shown, also in collections. */
export function filledIn(
	properties: readonly INodeProperties[],
	chosen: INodeParameters,
	root = chosen,
): INodeParameters {
	const shown = properties.filter((each) => isShown(each, chosen, root));
	return Object.fromEntries(shown.map((each) => [each.name, chosen[each.name] ?? valueFor(each, root)]));
}

function valueFor(property: INodeProperties, root: INodeParameters): NodeParameterValueType {
	const example = property.placeholder?.replace(/^e\.g\. /, '') ?? 'text';
	switch (property.type) {
		case 'string':
			return property.default === '' ? example : property.default;
		case 'number':
			return property.default === '' ? 1 : property.default;
		case 'boolean':
			return true;
		case 'options':
			return property.default;
		case 'multiOptions':
			return optionsOf(property).map(({ value }) => String(value));
		case 'dateTime':
			return '2026-01-02T03:04:05.678Z';
		case 'color':
			return '#ff0000';
		case 'notice':
		case 'credentials':
			return '';
		case 'json':
			return property.placeholder === undefined ? '{}' : example;
		case 'assignmentCollection':
			return { assignments: [{ id: '1', name: 'note', value: 'text', type: 'string' }] };
		case 'resourceLocator':
			return { __rl: true, mode: 'id', value: '1' };
		case 'collection':
			return filledIn(fieldsOf(property), {}, root);
		case 'fixedCollection':
			return Object.fromEntries(groupsOf(property).map(({ name, values }) => [name, rowsOf(values, root)]));
		default:
			throw new Error(`Nobody has said what to fill into a '${property.type}' such as '${property.name}'`);
	}
}

function rowsOf(values: INodeProperties[], root: INodeParameters): INodeParameters[] {
	return everyChoice(values, root).map((chosen) => filledIn(values, chosen, root));
}

/** Properties without a value. */
const holdsNothing = new Set<INodeProperties['type']>(['notice', 'credentials']);

/** Returns the names that `filledIn` fills. Those in collections have a path, as in `options.batchSize`. */
export function namesShown(
	properties: readonly INodeProperties[],
	chosen: INodeParameters,
	root = chosen,
	path = '',
): string[] {
	return properties
		.filter((each) => !holdsNothing.has(each.type) && isShown(each, chosen, root))
		.flatMap((each) => [`${path}${each.name}`, ...namesInside(each, root, `${path}${each.name}.`)]);
}

function namesInside(property: INodeProperties, root: INodeParameters, path: string): string[] {
	if (property.type === 'collection') return namesShown(fieldsOf(property), {}, root, path);
	if (property.type !== 'fixedCollection') return [];
	return groupsOf(property).flatMap(({ name, values }) => [
		`${path}${name}`,
		...everyChoice(values, root).flatMap((chosen) => namesShown(values, chosen, root, `${path}${name}.`)),
	]);
}
