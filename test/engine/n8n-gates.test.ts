import { NodeHelpers, type INode, type INodeParameters, type INodeProperties } from 'n8n-workflow';
import manifest from '../../package.json';
import { nodeTypesOfPackage, packageCredentialTypes } from './harness/package-types';
import { everyChoice, fieldsOf, filledIn, groupsOf, isShown, optionsOf } from './harness/settings';

/** The properties of every node and credential, by name. */
const forms = [
	...[...nodeTypesOfPackage].map(([name, { description }]) => ({ name, properties: description.properties })),
	...packageCredentialTypes.map(({ name, properties }) => ({ name, properties })),
];

test('every node and credential of the package has a form', () => {
	expect(forms).toHaveLength(manifest.n8n.nodes.length + manifest.n8n.credentials.length);
});

describe.each(forms)('$name', ({ properties }) => {
	const choices = everyChoice(properties).map((chosen) => ({ title: JSON.stringify(chosen), chosen }));

	const nodeWith = (parameters: INodeParameters): INode => ({
		...{ id: 'n', name: 'Node', type: 'node', typeVersion: 1, position: [0, 0] },
		parameters,
	});
	/** Fills in defaults, as the editor does for a new node. */
	const withDefaults = (chosen: INodeParameters) =>
		NodeHelpers.getNodeParameters(properties, chosen, true, false, nodeWith({}), null) ?? {};
	const issuesOf = (parameters: INodeParameters) =>
		NodeHelpers.getNodeParametersIssues(properties, nodeWith(parameters), null)?.parameters ?? {};

	// Without choices, the tests below would check nothing.
	test('is tested with every resource and operation', () => {
		expect(choices).not.toEqual([]);
		for (const name of ['resource', 'operation']) {
			const offered = properties.filter((each) => each.name === name).flatMap(optionsOf);
			const tested = choices.flatMap(({ chosen }) => chosen[name] ?? []);
			expect(new Set(tested)).toEqual(new Set(offered.map(({ value }) => value)));
		}
	});

	test('never shows two parameters with the same name', () => {
		for (const { title, chosen } of choices) {
			expect({ title, twice: namesShownTwice(properties, chosen) }).toEqual({ title, twice: [] });
		}
	});

	test('reports exactly the required fields without a default as missing', () => {
		for (const { title, chosen } of choices) {
			const missing = properties
				.filter((each) => each.required === true && isShown(each, chosen) && isEmpty(each.default))
				.map(({ name, displayName }) => [name, [`Parameter "${displayName}" is required.`]]);
			expect({ title, issues: issuesOf(withDefaults(chosen)) }).toEqual({
				title,
				issues: Object.fromEntries(missing) as object,
			});
		}
	});

	test('reports nothing for a complete form, and keeps its values', () => {
		for (const { title, chosen } of choices) {
			const parameters = filledIn(properties, chosen);
			expect({ title, issues: issuesOf(parameters) }).toEqual({ title, issues: {} });
			expect(withDefaults(parameters)).toEqual(parameters);
		}
	});

	test('has defaults of the right type', () => {
		expect(everyField(properties).flatMap(faultOfDefault)).toEqual([]);
	});
});

function namesShownTwice(
	properties: readonly INodeProperties[],
	chosen: INodeParameters,
	root = chosen,
): string[] {
	const shown = properties.filter((each) => isShown(each, chosen, root));
	const names = shown.map(({ name }) => name);
	const inside = shown.flatMap((each) => {
		if (each.type === 'collection') return namesShownTwice(fieldsOf(each), {}, root);
		if (each.type !== 'fixedCollection') return [];
		return groupsOf(each).flatMap(({ values }) =>
			everyChoice(values, root).flatMap((ofRow) => namesShownTwice(values, ofRow, root)),
		);
	});
	return [...names.filter((name, index) => names.indexOf(name) !== index), ...inside];
}

/** Whether n8n considers a value empty. A number never is. */
function isEmpty(value: unknown): boolean {
	return (
		value === '' || (typeof value === 'object' && value !== null && 'value' in value && value.value === '')
	);
}

function everyField(properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.flatMap((each) => {
		if (each.type === 'collection') return [each, ...everyField(fieldsOf(each))];
		if (each.type !== 'fixedCollection') return [each];
		return [each, ...groupsOf(each).flatMap(({ values }) => everyField(values))];
	});
}

function faultOfDefault(property: INodeProperties): string[] {
	return hasFittingDefault(property) ? [] : [`${property.name}: ${JSON.stringify(property.default)}`];
}

function hasFittingDefault(property: INodeProperties): boolean {
	const { default: given, type, typeOptions: { minValue = -Infinity, maxValue = Infinity } = {} } = property;
	const values =
		type === 'options' || type === 'multiOptions' ? optionsOf(property).map(({ value }) => value) : [];
	switch (type) {
		case 'string':
		case 'dateTime':
		case 'color':
		case 'notice':
		case 'credentials':
			return typeof given === 'string';
		case 'boolean':
			return typeof given === 'boolean';
		case 'number':
			// A required number without a default is null, because n8n considers every number filled in.
			if (given === null) return property.required === true;
			return typeof given === 'number' && given >= minValue && given <= maxValue;
		case 'options':
			return values.includes(given as string);
		case 'multiOptions':
			return Array.isArray(given) && given.every((each) => values.includes(each as string));
		case 'json':
			return typeof given === 'string' && isJson(given);
		case 'resourceLocator':
			return property.modes?.some(({ name }) => name === (given as { mode?: string }).mode) === true;
		case 'collection':
		case 'fixedCollection':
		case 'assignmentCollection':
			return typeof given === 'object' && given !== null && Object.keys(given).length === 0;
		default:
			return false;
	}
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
