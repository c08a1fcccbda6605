import type { IncomingHttpHeaders } from 'node:http';
import type { ProviderName } from './providers';
import type { Answer } from './providers/provider';

/** `aborted`: the client closed the connection before it got its answer. */
export type Ending = 'pending' | 'answered' | 'truncated' | 'reset' | 'aborted';

export interface RequestHead {
	provider: ProviderName;
	method: string;
	/** The path on the service's host, without the query. */
	path: string;
	/** `?limit=1`, or empty. */
	query: string;
	headers: IncomingHttpHeaders;
	/** Number of the TCP connection, in the order they were opened. */
	connection: number;
}

export interface SandboxRequest extends RequestHead {
	/** Its position among the requests to all services. */
	index: number;
	/** When its headers arrived, in epoch milliseconds. */
	at: number;
	rawBody: string;
	/** The parsed JSON, or undefined if there is none. */
	body: unknown;
	/** How many records it brought, including repeated and dropped ones. */
	brought: number;
	ending: Ending;
	/** Undefined if no answer was sent. */
	status?: number;
	answer?: string;
}

export interface SandboxRecord {
	provider: ProviderName;
	kind: string;
	/** The body of a request with only this record. */
	body: unknown;
	/** The event's name and its user, if the record has them. */
	name?: string;
	user?: string;
	/** The `index` of its request. */
	request: number;
	/** Epoch milliseconds. */
	at: number;
}

export interface SandboxDrop extends SandboxRecord {
	reason: string;
}

export interface Counts {
	requests: number;
	/** Requests that were answered with 4xx or 5xx, or got no complete answer. */
	failed: number;
	records: number;
	deduplicated: number;
	/** Records that were dropped although the service answered with success. */
	dropped: number;
	connections: number;
	/** The most TCP connections that were open at the same time. */
	peakConnections: number;
	peakInFlight: number;
}

export type News =
	| { type: 'record'; record: SandboxRecord; repeated: boolean }
	| { type: 'drop'; drop: SandboxDrop }
	| { type: 'request'; request: SandboxRequest };

/** Counters that are updated with each request, so that reading them costs nothing. */
class Tally {
	readonly counts: Counts = {
		requests: 0,
		failed: 0,
		records: 0,
		deduplicated: 0,
		dropped: 0,
		connections: 0,
		peakConnections: 0,
		peakInFlight: 0,
	};
	private inFlight = 0;
	private readonly connections = new Set<number>();
	private readonly openConnections = new Set<number>();

	open(connection: number): void {
		this.inFlight++;
		this.connections.add(connection);
		this.openConnections.add(connection);
		this.counts.requests++;
		this.counts.connections = this.connections.size;
		this.counts.peakConnections = Math.max(this.counts.peakConnections, this.openConnections.size);
		this.counts.peakInFlight = Math.max(this.counts.peakInFlight, this.inFlight);
	}

	close(failed: boolean): void {
		this.inFlight--;
		if (failed) this.counts.failed++;
	}

	disconnect(connection: number): void {
		this.openConnections.delete(connection);
	}
}

const IDEMPOTENCY_WINDOW_MS = 24 * 60 * 60 * 1000;

export const hasFailed = ({ ending, status = 0 }: SandboxRequest): boolean =>
	ending !== 'answered' || status >= 400;

/** What arrived, in order, and what happened to it. */
export class Journal {
	private readonly allRequests: SandboxRequest[] = [];
	private readonly allRecords: SandboxRecord[] = [];
	private readonly allDrops: SandboxDrop[] = [];
	private readonly tallies = new Map<ProviderName | 'all', Tally>();
	private readonly keysSeenAt = new Map<string, number>();

	constructor(
		private readonly now: () => number,
		private readonly tell: (news: News) => void,
	) {}

	open(head: RequestHead): SandboxRequest {
		const blank = { rawBody: '', body: undefined, brought: 0, ending: 'pending' as const };
		const request: SandboxRequest = { index: this.allRequests.length, ...head, at: this.now(), ...blank };
		this.allRequests.push(request);
		for (const tally of this.talliesOf(request)) tally.open(request.connection);
		return request;
	}

	read(request: SandboxRequest, rawBody: string, body: unknown): void {
		request.rawBody = rawBody;
		request.body = body;
	}

	store(request: SandboxRequest, { accepted = [], dropped = [] }: Answer): void {
		request.brought += accepted.length + dropped.length;
		const arrival = { request: request.index, at: this.now() };
		for (const { idempotencyKey, ...rest } of accepted) {
			const repeated = idempotencyKey !== undefined && this.isRepeated(request.provider, idempotencyKey);
			const record = { provider: request.provider, ...rest, ...arrival };
			if (!repeated) this.allRecords.push(record);
			for (const tally of this.talliesOf(request)) tally.counts[repeated ? 'deduplicated' : 'records']++;
			this.tell({ type: 'record', record, repeated });
		}
		for (const rest of dropped) {
			const drop = { provider: request.provider, ...rest, ...arrival };
			this.allDrops.push(drop);
			for (const tally of this.talliesOf(request)) tally.counts.dropped++;
			this.tell({ type: 'drop', drop });
		}
	}

	/** Ends a request. Called before the answer is sent, so that an answered request never counts as in flight. */
	end(request: SandboxRequest, ending: Ending, answer?: { status: number; body?: string }): void {
		if (request.ending !== 'pending') return;
		request.ending = ending;
		request.status = answer?.status;
		request.answer = answer?.body;
		for (const tally of this.talliesOf(request)) tally.close(hasFailed(request));
		this.tell({ type: 'request', request });
	}

	/** Counts a connection as closed. */
	disconnect(connection: number): void {
		for (const tally of this.tallies.values()) tally.disconnect(connection);
	}

	requests(provider?: ProviderName): SandboxRequest[] {
		return this.allRequests.filter((request) => !provider || request.provider === provider);
	}

	records(provider?: ProviderName, kind?: string): SandboxRecord[] {
		return this.allRecords.filter(
			(record) => (!provider || record.provider === provider) && (!kind || record.kind === kind),
		);
	}

	dropped(provider?: ProviderName): SandboxDrop[] {
		return this.allDrops.filter((drop) => !provider || drop.provider === provider);
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
