import { randomUUID } from 'node:crypto';
import { isEqual } from 'lodash';
import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeTypeDescription,
	type IWorkflowBase,
} from 'n8n-workflow';
import manifest from '../../package.json';
import { waitFor } from '../host/wait';
import {
	formsOf,
	formsWithEveryField,
	labelsOf,
	optionsOf,
	selects,
	withDefaults,
	withEverything,
	type Choices,
} from './form-of';
import { inTheEditor } from './world';

jest.setTimeout(1_200_000);

const world = inTheEditor();

const nodes = [
	'customerEventsTrigger',
	'customerEvents',
	'embeddables',
	'rehook',
	'relationKit',
	'simonData',
	'suprSend',
];

/** Returns the description of a node's type that n8n serves to its editor. */
async function typeOf(node: string): Promise<INodeTypeDescription> {
	const types = await world.n8n.nodeTypes();
	const type = types.find(({ name }) => name === `${manifest.name}.${node}`);
	if (type === undefined) throw new Error(`n8n has no node "${node}".`);
	return type as unknown as INodeTypeDescription;
}

/** Opens a workflow with nodes of one type, whose names are their numbers. */
async function openWorkflow(node: string, forms: INodeParameters[]): Promise<void> {
	const nodes = forms.map((parameters, index): INode => ({
		id: randomUUID(),
		name: String(index),
		type: `${manifest.name}.${node}`,
		typeVersion: 1,
		position: [(index % 8) * 256, Math.floor(index / 8) * 256],
		parameters,
	}));
	const workflow = { name: node, nodes, connections: {} };
	const { id } = await world.n8n.rest<IWorkflowBase>('POST', '/rest/workflows', workflow);
	await world.editor.openWorkflow(id);
}

async function expectForm(type: INodeTypeDescription, parameters: INodeParameters): Promise<void> {
	const expected = labelsOf(type, parameters);
	const labels = async () =>
		(await world.editor.labels()).filter((label) => !/^Credential( for .*)?$/.test(label));
	await waitFor(async () => isEqual(await labels(), expected) || undefined, {
		what: 'the form to show its fields',
		timeoutMs: 15_000,
	}).catch(() => undefined);
	expect({ parameters, labels: await labels() }).toEqual({ parameters, labels: expected });
}

/** Checks that the forms have every value of a select. Without forms, the tests below would check nothing. */
function expectEveryValue(type: INodeTypeDescription, forms: Choices[], name: string): void {
	const offered = type.properties.filter((each) => each.name === name).flatMap(optionsOf);
	expect(forms).not.toEqual([]);
	expect(new Set(forms.flatMap((choices) => choices[name] ?? []))).toEqual(
		new Set(offered.map(({ value }) => value)),
	);
}

test.each(nodes)('%s: shows the labels of all fields in every form', async (node) => {
	const { editor } = world;
	const type = await typeOf(node);
	const forms = formsOf(type);
	expectEveryValue(type, forms, 'resource');
	expectEveryValue(type, forms, 'operation');
	await openWorkflow(node, [{}]);
	await editor.openNode('0');
	for (const choices of forms) {
		for (const select of selects(type, choices)) {
			const value = choices[select.name] ?? select.default;
			const option = optionsOf(select).find((each) => each.value === value);
			await editor.choose(select.displayName, option?.name ?? '');
		}
		await expectForm(type, withDefaults(type, choices));
	}
});

test.each(nodes)('%s: shows the labels of every option and every row', async (node) => {
	const { editor } = world;
	const type = await typeOf(node);
	const forms = formsWithEveryField(type).map((choices) => withEverything(type, choices));
	const labels = type.properties
		.filter((each) => !['notice', 'hidden', 'credentials'].includes(each.type))
		.map(({ displayName }) => displayName);
	expect(forms.flatMap((form) => labelsOf(type, form))).toEqual(expect.arrayContaining(labels));
	await openWorkflow(node, forms);
	for (const [index, parameters] of forms.entries()) {
		await editor.openNode(String(index));
		await expectForm(type, parameters);
		await editor.closeNode();
	}
});

test.each(nodes)('%s: n8n reports only required fields that are empty, in every form', async (node) => {
	const type = await typeOf(node);
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
