import { runNode } from '../../engine/harness/run-node';
import { credentials } from '../../sandbox/credentials';
import { canonicalEvents } from '../events';
import { connectSandbox } from '../sandbox-process';
import { requireShipped } from './shipped';

const { SuprSend } = requireShipped<typeof import('../../../nodes/SuprSend/SuprSend.node')>(
	'nodes/SuprSend/SuprSend.node',
);

/** Send gives a result for each event, Send Many one for all. */
export type SendOperation = 'send' | 'sendMany';

/** Makes events, and returns a function that sends them to SuprSend in n8n's engine and returns the duration. */
export function sendingTo(
	sandboxUrl: string,
	operation: SendOperation,
	count: number,
): () => Promise<number> {
	const sandbox = connectSandbox(sandboxUrl);
	const items = canonicalEvents(count).map((event) => ({ ...event }));
	return async () => {
		await sandbox.reset();
		const startedAt = performance.now();
		const { error } = await runNode({
			node: 'suprSend',
			nodeType: new SuprSend(),
			parameters: { resource: 'event', operation, mappingMode: 'canonicalEvent', options: {} },
			credentials: {
				suprSendApi: {
					...credentials.suprsend,
					authentication: 'workspace',
					baseUrl: sandbox.baseUrl('suprsend'),
				},
			},
			items,
		});
		const ms = performance.now() - startedAt;
		if (error) throw error;
		// Every event has its own key, and SuprSend stores a key once.
		const { records, deduplicated } = await sandbox.counts('suprsend');
		if (records === count && deduplicated === 0) return ms;
		throw new Error(`Of ${count} events ${records} arrived, and ${deduplicated} came twice`);
	};
}
