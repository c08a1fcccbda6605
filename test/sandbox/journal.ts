import type { IncomingHttpHeaders } from 'node:http';
import type { ProviderName } from './providers';
import type { AcceptedRecord } from './providers/provider';

/** `aborted`: the client hung up before it got its answer. */
export type Ending = 'pending' | 'answered' | 'truncated' | 'reset' | 'aborted';

export interface RequestHead {
	readonly provider: ProviderName;
	readonly method: string;
	/** The path on the provider's host, as its documentation writes it, without the query. */
	readonly path: string;
	/** `?limit=1`, or empty. */
	readonly query: string;
	readonly headers: IncomingHttpHeaders;
	/** A number for each TCP connection, in the order they were opened. */
	readonly connection: number;
}

export interface SandboxRequest extends RequestHead {
	/** Its place among the requests of all providers. */
	readonly index: number;
	/** Milliseconds since the epoch, when its head had arrived. */
	readonly at: number;
	readonly rawBody: string;
	/** The parsed JSON, or undefined when there is none. */
	readonly body: unknown;
	/** How many records it brought, repeated ones included. */
	readonly brought: number;
	readonly ending: Ending;
	/** Undefined when no answer was sent. */
	readonly status?: number;
	readonly answer?: string;
}

export interface SandboxRecord {
	readonly provider: ProviderName;
	readonly kind: string;
	/** The body of a request that would carry this record alone. */
	readonly body: unknown;
	/** What the provider calls the event, and whose it is, for records that say so. */
	readonly name?: string;
	readonly user?: string;
	/** The `index` of the request that brought it. */
	readonly request: number;
	/** Milliseconds since the epoch. */
	readonly at: number;
}

export interface Counts {
	requests: number;
	/** Requests that were answered with 4xx or 5xx, or got no whole answer. */
	failed: number;
	records: number;
	deduplicated: number;
	connections: number;
	peakInFlight: number;
}

export type News =
	{ type: 'record'; record: SandboxRecord; repeated: boolean } | { type: 'request'; request: SandboxRequest };

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Kept as things happen, so that reading it costs nothing however much has arrived. */
class Tally {
	readonly counts = { requests: 0, failed: 0, records: 0, deduplicated: 0, connections: 0, peakInFlight: 0 };
	private inFlight = 0;
	private readonly connections = new Set<number>();

	open(connection: number): void {
		this.inFlight++;
		this.connections.add(connection);
		this.counts.requests++;
		this.counts.connections = this.connections.size;
		this.counts.peakInFlight = Math.max(this.counts.peakInFlight, this.inFlight);
	}

	close(failed: boolean): void {
		this.inFlight--;
		if (failed) this.counts.failed++;
	}
}

const IDEMPOTENCY_WINDOW_MS = 24 * 60 * 60 * 1000;

export const hasFailed = ({ ending, status = 0 }: SandboxRequest): boolean =>
	ending !== 'answered' || status >= 400;

/** What arrived, in order, and what became of it. */
export class Journal {
	private readonly allRequests: SandboxRequest[] = [];
	private readonly allRecords: SandboxRecord[] = [];
	private readonly tallies = new Map<ProviderName | 'all', Tally>();
	private readonly keysSeenAt = new Map<string, number>();

	constructor(
		private readonly now: () => number,
		private readonly tell: (news: News) => void,
	) {}

	open(head: RequestHead): SandboxRequest {
		const index = this.allRequests.length;
		const request: SandboxRequest = {
			index,
			...head,
			at: this.now(),
			rawBody: '',
			body: undefined,
			brought: 0,
			ending: 'pending',
		};
		this.allRequests.push(request);
		for (const tally of this.talliesOf(request)) tally.open(request.connection);
		return request;
	}

	read(request: SandboxRequest, rawBody: string, body: unknown): void {
		const writable: Writable<SandboxRequest> = request;
		writable.rawBody = rawBody;
		writable.body = body;
	}

	store(request: SandboxRequest, accepted: readonly AcceptedRecord[]): void {
		const writable: Writable<SandboxRequest> = request;
		writable.brought += accepted.length;
		for (const { idempotencyKey, ...rest } of accepted) {
			const repeated = idempotencyKey !== undefined && this.isRepeated(request.provider, idempotencyKey);
			const record = { provider: request.provider, ...rest, request: request.index, at: this.now() };
			if (!repeated) this.allRecords.push(record);
			for (const tally of this.talliesOf(request)) tally.counts[repeated ? 'deduplicated' : 'records']++;
			this.tell({ type: 'record', record, repeated });
		}
	}

	/** Called just before the answer leaves, so that nobody who has it can still count as in flight. */
	end(request: SandboxRequest, ending: Ending, answer?: { status: number; body?: string }): void {
		if (request.ending !== 'pending') return;
		const writable: Writable<SandboxRequest> = request;
		writable.ending = ending;
		writable.status = answer?.status;
		writable.answer = answer?.body;
		for (const tally of this.talliesOf(request)) tally.close(hasFailed(request));
		this.tell({ type: 'request', request });
	}

	requests(provider?: ProviderName): SandboxRequest[] {
		return this.allRequests.filter((request) => !provider || request.provider === provider);
	}

	records(provider?: ProviderName, kind?: string): SandboxRecord[] {
		return this.allRecords.filter(
			(record) => (!provider || record.provider === provider) && (!kind || record.kind === kind),
		);
	}

	counts(provider: ProviderName | 'all' = 'all'): Counts {
		return { ...this.tallyOf(provider).counts };
	}

	private isRepeated(provider: ProviderName, idempotencyKey: string): boolean {
		const key = `${provider} ${idempotencyKey}`;
		const seenAt = this.keysSeenAt.get(key);
		if (seenAt !== undefined && this.now() - seenAt < IDEMPOTENCY_WINDOW_MS) return true;
		this.keysSeenAt.set(key, this.now());
		return false;
	}

	private talliesOf({ provider }: SandboxRequest): Tally[] {
		return [this.tallyOf(provider), this.tallyOf('all')];
	}

	private tallyOf(provider: ProviderName | 'all'): Tally {
		let tally = this.tallies.get(provider);
		if (!tally) this.tallies.set(provider, (tally = new Tally()));
		return tally;
	}
}
