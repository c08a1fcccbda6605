import type { N8nClient } from './n8n-client';

/** Returns the lines that the trigger's panel shows for a sender, with the URL and the key filled in. */
export async function panelLines(
	n8n: N8nClient,
	sender: string,
	url: string,
	writeKey: string,
): Promise<string> {
	const types = await n8n.nodeTypes();
	const trigger = types.find(({ name }) => name.endsWith('.customerEventsTrigger'));
	const lines = trigger?.properties.find(({ name }) => name === `setUp_${sender}`)?.default;
	if (typeof lines !== 'string') throw new Error(`The panel has no lines for "${sender}".`);
	return lines.replaceAll('YOUR_WEBHOOK_URL', url).replaceAll('YOUR_WRITE_KEY', writeKey);
}
