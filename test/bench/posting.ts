import { segmentBatch } from './events';

/** What senders show in place of a key. */
export const secretHeader = { name: 'X-Api-Key', value: 'bench-header-value-not-real' };

/** A trigger that takes what is posted here. */
export const triggerSettings = {
	credential: {
		scheme: 'header',
		headerName: secretHeader.name,
		headerValueSecret: secretHeader.value,
	},
	// Segment's own limit, and the default, is 500: a thousand of our events are more.
	options: { maxBatchSize: 4_000 },
};

export const requestsAtOnce = 10;

let batchesMade = 0;

/** Every batch has ids of its own: those that came before are left out. */
export const newBatch = (events: number) => segmentBatch(events, `batch-${batchesMade++}`);

/** Sends requests, a few at once. */
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
