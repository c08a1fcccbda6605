import { NodeHelpers, type INode, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workflow } from '../n8n-client';
import type { Workbench } from './workbench';
import { loadTemplate, runnableTemplates, TEMPLATES, templateNames } from './files';

const DOCS = readFileSync(join(__dirname, '../../../docs/templates.md'), 'utf8');
const NOTE = 'n8n-nodes-base.stickyNote';
const GRID = 16;
/** The size of a node on the canvas, with its name below. */
const NODE = { width: 96, height: 128 };

/** Goes back to the nodes that send, so that there is one node for each service. */
const RESENDING = 'Restore events';

interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** Tests that all templates share. */
export function everyTemplate(workbench: () => Workbench): void {
	let types: INodeTypeDescription[];
	beforeAll(async () => {
		types = await workbench().n8n.rest('GET', '/types/nodes.json');
	});

	/** Returns the description of a node's type in the node's version. */
	const typeOf = (node: INode) =>
		types.find(({ name, version }) => name === node.type && [version].flat().includes(node.typeVersion));

	describe.each(runnableTemplates())('%s', (name) => {
		const template = loadTemplate(name);
		const notes = template.nodes.filter(({ type }) => type === NOTE);
		const nodes = template.nodes.filter(({ type }) => type !== NOTE);

		test('contains no data of its author', () => {
			for (const node of template.nodes) {
				expect(node).not.toHaveProperty('credentials');
				expect(node).not.toHaveProperty('webhookId');
			}
			expect(Object.keys(template).sort()).toEqual(
				['connections', 'name', 'nodes', ...('pinData' in template ? ['pinData'] : []), 'settings'].sort(),
			);
			const text = JSON.stringify(nodes.map(({ parameters }) => parameters));
			expect(text).not.toMatch(/"[/~][\w.-]+\/|[A-Z]:\\|127\.0\.0\.1|localhost/);
			expect(JSON.stringify(template)).not.toMatch(/not-real|rk_|secret["_]/i);
		});

		test('uses only nodes and fields that n8n has', () => {
			for (const node of template.nodes) {
				const type = typeOf(node);
				if (!type) throw new Error(`n8n has no ${node.type} of version ${node.typeVersion}.`);
				const { properties } = type;
				const kept = NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, type);
				expect({ node: node.name, ...kept }).toMatchObject({ node: node.name, ...node.parameters });
			}
		});

		test('uses operations that exist', () => {
			for (const node of nodes) {
				const properties = typeOf(node)?.properties ?? [];
				const resources = properties.find((property) => property.name === 'resource');
				const resource = String(node.parameters.resource ?? resources?.default);
				const operations = properties.filter(
					(property) =>
						property.name === 'operation' &&
						(property.displayOptions?.show?.resource ?? [resource]).includes(resource),
				);
				expect(valuesOf(resources)).toContain(resources ? resource : undefined);
				const { operation } = node.parameters;
				if (operation !== undefined) expect(operations.flatMap(valuesOf)).toContain(operation);
			}
		});

		test('has a note and a section in the docs', () => {
			const about = notes.filter(({ name: note }) => note === 'About this workflow');
			expect(about).toHaveLength(1);
			expect(about[0]?.parameters.content).toMatch(/^## .+\n/);
			expect(about[0]?.parameters.content).toMatch(
				/\n### How it works\n[^]*\n### Set up\n[^]*\n### Try it\n/,
			);
			const sections = notes.filter(({ parameters }) => parameters.color !== undefined);
			expect(sections.length).toBeGreaterThan(0);
			expect(DOCS).toContain(`(../templates/${name}.json)`);
			expect(DOCS).toContain(`\n## ${template.name}\n`);
		});

		test('has unique node names, and connects only nodes that exist', () => {
			const names = template.nodes.map((node) => node.name);
			expect(new Set(names).size).toBe(names.length);
			expect(new Set(template.nodes.map(({ id }) => id)).size).toBe(names.length);
			for (const [from, outputs] of Object.entries(template.connections)) {
				const to = Object.values(outputs)
					.flat(2)
					.map((connection) => connection?.node);
				expect(names).toEqual(expect.arrayContaining([from, ...to]));
			}
			const generic = nodes.map((node) => [node.name, typeOf(node)?.defaults.name]);
			for (const [given, ofType] of generic) expect(given).not.toBe(ofType);
		});

		test('chooses the mapping mode in every node that has one', () => {
			for (const node of nodes) {
				const type = typeOf(node);
				const properties = type?.properties ?? [];
				const { mappingMode } =
					NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, type ?? null) ?? {};
				if (mappingMode === undefined || !node.type.startsWith('n8n-nodes-customer-events.')) continue;
				expect({ node: node.name, ...node.parameters }).toMatchObject({ node: node.name, mappingMode });
			}
		});

		test('connects every error output and every output for rejected events', () => {
			const open = nodes
				.filter(
					({ type, onError }) =>
						onError === 'continueErrorOutput' || /customerEvents|customer-events\.\w+Trigger$/.test(type),
				)
				.filter((node) => (template.connections[node.name]?.main?.[1] ?? []).length === 0);
			expect(open.map((node) => node.name)).toEqual([]);
		});

		test('runs from a sample that users can change, and not instead of a webhook', () => {
			const isWebhook = ({ type }: INode) => /customer-events\.\w+Trigger$/.test(type);
			const webhooks = nodes.filter(isWebhook);
			const samples = nodes.filter(({ name: node }) => node in (template.pinData ?? {}));
			expect(samples.map(({ type }) => type)).toEqual(webhooks.map(() => 'n8n-nodes-base.manualTrigger'));
			// Both lead to the same nodes.
			for (const [index, { name: webhook }] of webhooks.entries()) {
				const [sample] = template.connections[samples[index]?.name ?? '']?.main ?? [];
				expect(sample).toEqual(template.connections[webhook]?.main?.[0]);
			}
		});

		test('runs from left to right, without lines that cross', () => {
			const lines = linesOf(template).filter(({ from }) => from !== RESENDING);
			for (const { from, to, start, end } of lines) {
				expect({ from, to, isForward: start.x < end.x }).toEqual({ from, to, isForward: true });
			}
			const crossing = lines.flatMap((line, index) =>
				lines.slice(index + 1).flatMap((other) => (cross(line, other) ? [[line, other]] : [])),
			);
			expect(crossing).toEqual([]);
		});

		test('has its nodes on the grid without overlaps', () => {
			for (const { name: node, position } of template.nodes) {
				expect([node, ...position.map((at) => Math.abs(at % GRID))]).toEqual([node, 0, 0]);
			}
			const boxes = nodes.map(boxOf);
			for (const [index, box] of boxes.entries()) {
				for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
			}
			// A note is next to a node or all around it.
			for (const note of notes.map(boxOf)) {
				for (const box of boxes) expect(!overlap(note, box) || contains(note, box)).toBe(true);
			}
		});
	});

	test("n8n's own import accepts every file unchanged", async () => {
		const { n8n } = workbench();
		await n8n.cli('import:workflow', '--separate', `--input=${TEMPLATES}`);
		const all = await n8n.rest<Array<{ id: string; name: string }>>('GET', '/rest/workflows');
		for (const template of templateNames().map(loadTemplate)) {
			const candidates = await Promise.all(
				all
					.filter(({ name }) => name === template.name)
					.map(({ id }) => n8n.rest<Workflow>('GET', `/rest/workflows/${id}`)),
			);
			const imported = candidates.find(({ nodes }) => nodes.every((node) => !node.credentials));
			expect(imported).toMatchObject(template);
		}
	});
}

const valuesOf = (property?: INodeProperties) =>
	property?.options?.map((option) => ('value' in option ? option.value : undefined)) ?? [undefined];

function boxOf({ position: [left, top], parameters }: INode): Box {
	const { width, height } = { ...NODE, ...(parameters as Partial<typeof NODE>) };
	return { left, top, right: left + width, bottom: top + height };
}

interface Point {
	x: number;
	y: number;
}

interface Line {
	from: string;
	to: string;
	start: Point;
	end: Point;
}

/** The lines between the nodes, straight from the output on the right to the input on the left. */
function linesOf({ nodes, connections }: Workflow): Line[] {
	const positionOf = (name: string) => nodes.find((node) => node.name === name)?.position ?? [0, 0];
	return Object.entries(connections).flatMap(([from, { main = [] }]) => {
		const [left, top] = positionOf(from);
		// A second output without a line is there all the same.
		const outputs = Math.max(main.length, 1);
		return main.flatMap((output, index) =>
			(output ?? []).map(({ node: to }) => {
				const [x, y] = positionOf(to);
				const start = { x: left + NODE.width, y: top + (NODE.width * (index + 1)) / (outputs + 1) };
				return { from, to, start, end: { x, y: y + NODE.width / 2 } };
			}),
		);
	});
}

/** Whether two lines cross. Those with an end in common don't. */
function cross(a: Line, b: Line): boolean {
	if (a.from === b.from || a.to === b.to) return false;
	const side = ({ start, end }: Line, point: Point) =>
		(end.x - start.x) * (point.y - start.y) - (end.y - start.y) * (point.x - start.x);
	return side(a, b.start) * side(a, b.end) < 0 && side(b, a.start) * side(b, a.end) < 0;
}

const overlap = (a: Box, b: Box) =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const contains = (outer: Box, inner: Box) =>
	outer.left <= inner.left &&
	outer.right >= inner.right &&
	outer.top <= inner.top &&
	outer.bottom >= inner.bottom;
