import { get } from 'lodash';
import type { IDataObject } from 'n8n-workflow';
import { expectDocumentedTable } from '../documented-table';
import { startSandbox, type Sandbox } from '../sandbox';
import { allProviders, type ProviderUnderTest } from './harness/providers-under-test';
import { runNode } from './harness/run-node';

/** Checks the table in docs/nodes/README.md: what each service does with each type of event. */

const email = 'ada@example.com';
const known = { userId: 'user-1', anonymousId: 'anon-1', context: { traits: { email } } };
const events: Record<string, IDataObject> = {
	track: { type: 'track', event: 'Order Shipped', ...known },
	identify: { type: 'identify', ...known, traits: { email } },
	page: { type: 'page', name: 'Pricing', ...known },
	screen: { type: 'screen', name: 'Settings', ...known },
	group: { type: 'group', groupId: 'acme', ...known, traits: { plan: 'team' } },
	alias: { type: 'alias', previousId: 'anon-1', ...known },
};

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

async function outcome(under: ProviderUnderTest, item: IDataObject, resource: string, operation: string) {
	sandbox.reset();
	const { provider, node, sandboxName, credential, namePaths, settings } = under;
	const { output } = await runNode({
		node,
		parameters: { resource, operation, mappingMode: 'canonicalEvent', ...settings },
		credentials: { [provider.credentialType]: { ...credential, baseUrl: sandbox.baseUrl(sandboxName) } },
		items: [item],
		onError: 'continueRegularOutput',
	});
	const [result] = output.map(({ json }) => json);
	const { message } = (result?.reason ?? {}) as { message?: string };
	if (result?.status !== 'delivered') return `${String(result?.status)}: ${message}`;
	const [record] = sandbox.records(sandboxName);
	if (record === undefined) throw new Error(`${provider.displayName} has dropped it`);
	const name = namePaths.map((path) => get(record.body, path)).find((found) => found !== undefined);
	return record.kind === 'event' ? `\`${String(name)}\`` : `as a ${record.kind}`;
}

test('docs/nodes/README.md says what every service does with every type of event', async () => {
	const rows: string[][] = [];
	for (const [type, event] of Object.entries(events)) {
		const cells: string[] = [];
		for (const under of allProviders) cells.push(await outcome(under, event, 'event', 'send'));
		rows.push([`${type}, with Send`, ...cells]);
	}
	for (const type of ['identify', 'track']) {
		const cells: string[] = [];
		for (const under of allProviders) {
			const identify = under.provider.operations.find(({ operation }) => operation === 'identify');
			cells.push(
				identify === undefined
					? '—'
					: await outcome(under, events[type] ?? {}, identify.resource, 'identify'),
			);
		}
		rows.push([`${type}, with Identify`, ...cells]);
	}
	expect(rows).toHaveLength(8);
	expectDocumentedTable('docs/nodes/README.md', 'events at services', [
		['Event', ...allProviders.map(({ provider }) => provider.displayName)],
		...rows,
	]);
});
