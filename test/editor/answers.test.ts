import { chunk, isEmpty, uniqBy } from 'lodash';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import manifest from '../../package.json';
import { demoCredentials } from '../host/demo';
import { outputOf, type Credential, type Execution } from '../host/n8n-client';
import { waitFor } from '../host/wait';
import { formsOf, withExamples } from './form-of';
import { inTheEditor, typeOf } from './world';

/**
 * Runs every operation, and finds the answer in the part of the output that a person sees without scrolling: the entity,
 * the response, the request, the reason, or the numbers of a summary.
 */

jest.setTimeout(600_000);

const world = inTheEditor();

const SCREEN = [1400, 900] as const;
const START = 'Start';
/** The editor gets slow when it runs more. */
const NODES_AT_A_TIME = 12;
const services = ['embeddables', 'rehook', 'relationKit', 'simonData', 'suprSend'];

let credentials: Credential[];

beforeAll(async () => {
	credentials = demoCredentials(world.sandbox);
	for (const credential of credentials) await world.n8n.addCredential(credential);
	await world.editor.resize(...SCREEN);
});

/** Opens a workflow in which each node comes after the start, runs it, and returns the execution. */
async function run(service: string, forms: Record<string, INodeParameters>): Promise<Execution> {
	const { n8n, editor } = world;
	const credentialType = `${service}Api`;
	const { name = '' } = credentials.find(({ type }) => type === credentialType) ?? {};
	const start = { id: START, name: START, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 };
	const nodes = Object.entries(forms).map(([title, parameters], index): INode => ({
		id: title,
		name: title,
		type: `${manifest.name}.${service}`,
		typeVersion: 1,
		position: [300 + (index % 8) * 300, Math.floor(index / 8) * 200],
		parameters,
		credentials: { [credentialType]: { id: '', name } },
		onError: 'continueRegularOutput',
	}));
	const { id } = await n8n.addDraft({
		name: service,
		nodes: [{ ...start, position: [0, 0], parameters: {} }, ...nodes],
		connections: { [START]: { main: [nodes.map(({ name: node }) => ({ node, type: 'main', index: 0 }))] } },
		settings: { executionOrder: 'v1' },
	});
	await editor.openWorkflow(id);
	await editor.executeWorkflow();
	await editor.message();
	const [latest] = await n8n.waitForExecutions(1, { workflowId: id });
	return await n8n.execution(latest?.id ?? '');
}

/** Returns what a person looks for in an item: texts that the output shows. */
function answerIn(item: IDataObject): string[] {
	const { status, reason, request, response, total, failed_records: failed, skipped } = item;
	if (reason !== undefined) return ['reason', String((reason as IDataObject).message).slice(0, 20)];
	if (request !== undefined) return ['request'];
	if (total !== undefined)
		return ['failed_records', 'skipped', String((failed as unknown[]).length), String(skipped)];
	if (status === 'delivered' && response !== undefined) return ['delivered', 'response'];
	const [key = '', value] = Object.entries(item)[0] ?? [];
	return [key, String(value).slice(0, 20)];
}

/** Opens every node that has an output, and returns the answers that aren't visible. */
async function hiddenAnswers(execution: Execution, names: string[]): Promise<Record<string, string[]>> {
	const { editor } = world;
	const hidden: Record<string, string[]> = {};
	for (const name of names) {
		const [item] = outputOf(execution, name);
		const answer = item === undefined ? ['No output data'] : answerIn(item.json);
		await editor.showNode(name);
		const missing = async () => {
			const seen = await editor.visibleOutput();
			return answer.filter((text) => !seen.includes(text));
		};
		await waitFor(async () => isEmpty(await missing()) || undefined, {
			what: 'the output to show its answer',
			timeoutMs: 5_000,
		}).catch(async () => {
			hidden[name] = await missing();
		});
	}
	return hidden;
}

test.each(services)('%s: shows the answer of every operation without scrolling', async (service) => {
	const type = await typeOf(world.n8n, service);
	const operations = uniqBy(formsOf(type), ({ resource, operation }) => `${resource}:${operation}`);
	const forms = operations.map(({ resource = '', operation = '' }): [string, INodeParameters] => [
		`${resource}-${operation}`,
		withExamples(type, { resource, operation }),
	]);
	for (const some of chunk(forms, NODES_AT_A_TIME)) {
		const execution = await run(service, Object.fromEntries(some));
		const names = some.map(([name]) => name);
		expect(await hiddenAnswers(execution, names)).toEqual({});
	}
});
