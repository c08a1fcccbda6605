import { takeWhile } from 'lodash';
import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodePropertyOptions,
	type INodeTypeDescription,
	type IWorkflowBase,
} from 'n8n-workflow';
import { expectSoon } from './elements';
import {
	chosenOption,
	differentForms,
	formsOf,
	formsWithEveryField,
	labelsOf,
	optionsOf,
	selects,
	withDefaults,
	withEverything,
	type Choices,
} from './form-of';
import { inTheEditor, typeOf } from './world';

jest.setTimeout(600_000);

const world = inTheEditor();

const nodes = [
	'customerEventsTrigger',
	'customerEvents',
	'embeddables',
	'embeddablesTrigger',
	'rehook',
	'rehookTrigger',
	'relationKit',
	'simonData',
	'simonDataTrigger',
	'suprSend',
	'suprSendTrigger',
];

/** Opens a workflow with nodes of one type, numbered from 0. */
async function openWorkflow(type: INodeTypeDescription, forms: INodeParameters[]): Promise<void> {
	const nodes = forms.map((parameters, index): INode => ({
		id: `form-${index}`,
		name: `form-${index}`,
		type: type.name,
		typeVersion: [type.version].flat().at(-1) ?? 1,
		position: [(index % 8) * 256, Math.floor(index / 8) * 256],
		parameters,
	}));
	const workflow = { name: type.displayName, nodes, connections: {} };
	const { id } = await world.n8n.rest<IWorkflowBase>('POST', '/rest/workflows', workflow);
	await world.editor.openWorkflow(id);
}

async function expectForm(type: INodeTypeDescription, parameters: INodeParameters): Promise<void> {
	const labels = async () =>
		(await world.editor.labels()).filter((label) => !/^Credential( for .*)?$/.test(label));
	await expectSoon(async () => ({ parameters, labels: await labels() }), {
		parameters,
		labels: labelsOf(type, parameters),
	});
}

/** Checks that the forms have every value of a select. Without forms, the tests below would check nothing. */
function expectEveryValue(type: INodeTypeDescription, forms: Choices[], name: string): void {
	const offered = type.properties.filter((each) => each.name === name).flatMap(optionsOf);
	expect(forms).not.toEqual([]);
	expect(new Set(forms.flatMap((choices) => choices[name] ?? []))).toEqual(
		new Set(offered.map(({ value }) => value)),
	);
}

test.each(nodes)('%s: offers every choice, and shows the labels of each form', async (node) => {
	const { editor } = world;
	const type = await typeOf(world.n8n, node);
	const forms = formsOf(type);
	expectEveryValue(type, forms, 'resource');
	expectEveryValue(type, forms, 'operation');
	await openWorkflow(type, [{}]);
	await editor.showNode('form-0');
	let before: INodePropertyOptions[] = [];
	for (const choices of differentForms(type, forms)) {
		const deciding = selects(type, choices);
		const options = deciding.map((select) => chosenOption(select, choices));
		const same = takeWhile(options, (option, index) => option === before[index]).length;
		for (const [index, select] of deciding.entries()) {
			if (index < same) continue;
			const names = optionsOf(select).map(({ name }) => name);
			await editor.chooseAmong(select.displayName, options[index]?.name ?? '', names);
		}
		before = options;
		await expectForm(type, withDefaults(type, choices));
	}
});

test.each(nodes)('%s: shows the labels of every option and every row', async (node) => {
	const { editor } = world;
	const type = await typeOf(world.n8n, node);
	const forms = formsWithEveryField(type).map((choices) => withEverything(type, choices));
	const labels = type.properties
		.filter((each) => !['notice', 'hidden', 'credentials'].includes(each.type))
		.map(({ displayName }) => displayName);
	expect(forms.flatMap((form) => labelsOf(type, form))).toEqual(expect.arrayContaining(labels));
	await openWorkflow(type, forms);
	for (const [index, parameters] of forms.entries()) {
		await editor.showNode(`form-${index}`);
		await expectForm(type, parameters);
	}
});

test.each(nodes)('%s: n8n reports only required fields that are empty, in every form', async (node) => {
	const type = await typeOf(world.n8n, node);
	const forms = formsOf(type);
	expectEveryValue(type, forms, 'resource');
	expectEveryValue(type, forms, 'operation');
	const issues = forms.flatMap((choices) => {
		const parameters = withEverything(type, choices);
		const found = NodeHelpers.getNodeParametersIssues(type.properties, { parameters } as INode, type);
		return Object.values(found?.parameters ?? {}).flat();
	});
	expect(issues.filter((issue) => !/ is required\.?$/.test(issue))).toEqual([]);
});
