import { credentials } from '../sandbox/credentials';
import { canonicalEvents } from './events';
import type { RemoteSandbox } from './sandbox-process';

/** How much the sandbox can receive. A contender that came close would be limited by the sandbox. */
export interface SandboxCapacity {
	/** One event per request, as for RelationKit. */
	requestsPerSecond: number;
	/** A hundred events per request, as for SuprSend. */
	eventsPerSecond: number;
}

const sockets = 32;
const batchSize = 100;
const seconds = 2;

export async function measureCapacity(sandbox: RemoteSandbox): Promise<SandboxCapacity> {
	const events = canonicalEvents(batchSize);
	const records = events.map(({ messageId, event, userId, properties }) => ({
		$insert_id: messageId,
		event,
		distinct_id: userId,
		properties,
	}));
	const [{ event, userId, properties } = {}] = events;
	const single = { event: { user_id: userId, name: event, metadata: properties } };
	const batches = await post(sandbox.baseUrl('suprsend') + '/event/', credentials.suprsend.apiKey, records);
	const singles = await post(
		sandbox.baseUrl('relationkit') + '/events',
		credentials.relationkit.apiToken,
		single,
	);
	await sandbox.reset();
	return { requestsPerSecond: singles, eventsPerSecond: batches * batchSize };
}

/** Sends the same request again and again. Returns how many were answered per second. */
async function post(url: string, token: string, content: unknown): Promise<number> {
	const body = JSON.stringify(content);
	const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
	const until = performance.now() + seconds * 1000;
	let answered = 0;
	const sender = async () => {
		while (performance.now() < until) {
			const response = await fetch(url, { method: 'POST', headers, body });
			await response.arrayBuffer();
			if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${url}`);
			answered++;
		}
	};
	await Promise.all(Array.from({ length: sockets }, sender));
	return answered / seconds;
}
