import { segmentBatch } from './events';

/** The header that proves the senders. */
export const secretHeader = { name: 'X-Api-Key', value: 'bench-header-value-not-real' };

/** A trigger that receives what is posted here. */
export const triggerSettings = {
	credential: {
		scheme: 'header',
		headerName: secretHeader.name,
		headerValueSecret: secretHeader.value,
	},
	// The default limit is Segment's own, 500 KB. A thousand of our events are larger.
	options: { maxBatchSize: 4_000 },
};

export const requestsAtOnce = 10;

let batchesMade = 0;

/** Posts batches with new IDs each time, because the trigger leaves out events that it has seen. */
export const newBatch = (events: number) => segmentBatch(events, `batch-${batchesMade++}`);

/** Sends requests, several at once. */
export async function postAll(url: string, bodies: readonly string[]): Promise<void> {
	const left = [...bodies];
	const sender = async () => {
		for (let body = left.pop(); body !== undefined; body = left.pop()) await post(url, body);
	};
	await Promise.all(Array.from({ length: requestsAtOnce }, sender));
}

export async function post(url: string, body: string): Promise<void> {
	const headers = { 'content-type': 'application/json', [secretHeader.name]: secretHeader.value };
	const response = await fetch(url, { method: 'POST', headers, body });
	const answer = await response.text();
	if (!response.ok) throw new Error(`n8n answered ${response.status}: ${answer}`);
}
