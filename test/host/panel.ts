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
	const notice = trigger?.properties.find(({ name }) => name === `setUp_${sender}`);
	const code = /<code>(.*)<\/code>/s.exec(notice?.displayName ?? '')?.[1];
	if (code === undefined) throw new Error(`The panel has no lines for "${sender}".`);
	return code
		.replaceAll('<br>', '\n')
		.replaceAll('&lt;', '<')
		.replaceAll('"URL without https://"', JSON.stringify(url.replace(/^https?:\/\//, '')))
		.replaceAll('"URL"', JSON.stringify(url))
		.replaceAll('YOUR_WRITE_KEY', writeKey);
}
