import type { N8nClient } from './n8n-client';

/** The lines by which the trigger's panel tells people to point a sender at it, with the URL and key put in. */
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
