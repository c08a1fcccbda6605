import { describeWith } from './generation';
import { startN8n, type RunningN8n } from './n8n-process';
import { packPackage } from './package';

jest.setTimeout(120_000);

let n8n: RunningN8n;
let apiKey: string;

/** Searches as AI assistants do, with n8n's own MCP server. */
async function search(query: string): Promise<string> {
	const response = await fetch(`${n8n.url}/mcp-server/http`, {
		method: 'POST',
		headers: {
			authorization: `Bearer ${apiKey}`,
			'content-type': 'application/json',
			accept: 'application/json, text/event-stream',
		},
		body: JSON.stringify({
			jsonrpc: '2.0',
			id: 1,
			method: 'tools/call',
			params: { name: 'search_nodes', arguments: { queries: [query] } },
		}),
	});
	const [, json = ''] = /^(?:[^]*\ndata: |data: )?(\{.*\})\s*$/.exec(await response.text()) ?? [];
	const { result } = JSON.parse(json) as { result: { structuredContent: { results: string } } };
	return result.structuredContent.results;
}

/** Names of the nodes that a search found, best first. */
const namesIn = (results: string) => [...results.matchAll(/^- (\S+)/gm)].map(([, name]) => name);

describeWith('node search for AI assistants', "n8n's search for AI assistants", () => {
	beforeAll(async () => {
		n8n = await startN8n({ packages: [await packPackage()] });
		await n8n.rest('PATCH', '/rest/mcp/settings', { mcpAccessEnabled: true });
		({ apiKey } = await n8n.rest<{ apiKey: string }>('POST', '/rest/mcp/api-key/rotate'));
	});
	afterAll(async () => await n8n?.stop());

	test.each([
		['suprsend', 'suprSend'],
		['suprsend trigger', 'suprSendTrigger'],
		['rehook trigger', 'rehookTrigger'],
		['embeddables trigger', 'embeddablesTrigger'],
		['simon data trigger', 'simonDataTrigger'],
		['relationkit', 'relationKit'],
		['send customer event', 'customerEvents'],
		['customer events trigger', 'customerEventsTrigger'],
		['segment webhook', 'customerEventsTrigger'],
		['rudderstack', 'customerEventsTrigger'],
		['tracking plan', 'customerEvents'],
		['identify user', 'relationKit'],
		['loyalty points', 'rehook'],
		['push notification', 'suprSend'],
	])('finds with "%s" among the first five: %s', async (query, name) => {
		expect(namesIn(await search(query)).slice(0, 5)).toContain(`n8n-nodes-customer-events.${name}`);
	});

	test('shows the hints and the operations', async () => {
		const results = await search('suprsend');

		expect(results).toContain('@builderHint For customer events, use a single node with Event: Send');
		expect(results).toMatch(/resource:[^]*- broadcast:[^]*operations:/);
	});
});
