import { join } from 'node:path';
import { demoCredentials } from '../host/demo';
import {
	loadTemplate,
	templateNames,
	TEMPLATES,
	withCredentials,
	withWebhookId,
} from '../host/templates/files';
import { inTheEditor } from './world';

jest.setTimeout(180_000);

const world = inTheEditor();

test.each(templateNames())('%s: shows every node with its icon after import', async (name) => {
	const { editor } = world;
	await editor.newWorkflow();
	await editor.importFromFile(join(TEMPLATES, `${name}.json`));

	const { nodes } = loadTemplate(name);
	const drawn = nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
	expect((await editor.nodes()).sort()).toEqual(drawn.map((node) => node.name).sort());
	const ours = new Set(drawn.map(({ type }) => type).filter((type) => /customer-events/.test(type)));
	const icons = async () => new Set((await editor.pictures()).filter((src) => /customer-events/.test(src)));
	expect((await icons()).size).toBeGreaterThan(0);
	expect((await icons()).size).toBeLessThanOrEqual(ours.size);
	expect([...(await icons())].filter((src) => src.endsWith('.dark.svg'))).toEqual([]);
	expect(await editor.missingPictures()).toEqual([]);

	await editor.theme('dark');
	expect([...(await icons())].filter((src) => !src.endsWith('.dark.svg'))).toEqual([]);
	await editor.theme('light');
});

test('runs the demo workflow, whose picture is in the docs', async () => {
	const { editor, n8n, sandbox } = world;
	const credentials = demoCredentials(sandbox);
	for (const credential of credentials) await n8n.addCredential(credential);
	const template = withWebhookId(loadTemplate('segment-to-relationkit-and-suprsend'), 'customer-events');
	const nodes = template.nodes.filter(({ name }) => name !== 'About this workflow');
	const { id } = await n8n.addDraft(withCredentials({ ...template, nodes }, credentials));

	await editor.openWorkflow(id);
	await editor.executeFrom('Try with sample events');
	expect(await editor.message()).toBe('Workflow executed successfully');
	expect(sandbox.records('suprsend').map(({ kind }) => kind)).toEqual(['user', 'event']);
	// Moves the node from behind the button.
	await editor.zoomOut();
	await editor.picture('editor-canvas');
});
