import type { ServerResponse } from 'node:http';
import { type Counts, hasFailed, type News, type SandboxRequest } from './journal';
import { maskFields, maskSecrets } from './mask';
import { type ProviderName, providerNames, providers } from './providers';

const MAX_ROWS = 500;
const MAX_JSON_LENGTH = 10_000;
/** The shortest time between two messages to a page. */
const INTERVAL_MS = 200;

/** A line on the page. */
interface Row {
	provider: ProviderName;
	at: number;
	/** The first three are records. `refused` and `answered` are requests without records. */
	outcome: 'stored' | 'repeated' | 'dropped' | 'refused' | 'answered';
	kind: string;
	name?: string;
	user?: string;
	request: number;
	/** The text of the line when it is open. */
	reason?: string;
	answer?: string;
	body: unknown;
}

const ANSWERLESS = {
	pending: 'no response yet',
	truncated: 'response cut short',
	reset: 'connection reset',
	aborted: 'sender disconnected',
};

const recordRow = ({ record, repeated }: Extract<News, { type: 'record' }>): Row => ({
	...record,
	outcome: repeated ? 'repeated' : 'stored',
});

const dropRow = ({ drop }: Extract<News, { type: 'drop' }>): Row => ({ ...drop, outcome: 'dropped' });

/** Returns the lines of a request. A request with records is shown as its records only. */
function requestRow(request: SandboxRequest): Row | undefined {
	const { provider, at, index, method, path, query, ending, status, answer, body, rawBody } = request;
	const failed = hasFailed(request);
	if (request.brought > 0 && !failed) return undefined;
	return {
		provider,
		at,
		outcome: failed ? 'refused' : 'answered',
		kind: ending === 'answered' ? String(status) : ANSWERLESS[ending],
		name: `${method} ${path}${query}`,
		request: index,
		answer,
		body: body ?? (rawBody || undefined),
	};
}

function rowOf(news: News): Row | undefined {
	if (news.type === 'record') return recordRow(news);
	if (news.type === 'drop') return dropRow(news);
	return requestRow(news.request);
}

function asSent({ body, ...row }: Row) {
	const json = body === undefined ? '' : JSON.stringify(maskFields(body), null, 2);
	const isCut = json.length > MAX_JSON_LENGTH;
	return { ...row, json: isCut ? `${json.slice(0, MAX_JSON_LENGTH)}\n… (cut)` : json };
}

/** Tells every open page what arrives. Keeps only what a page shows, so it costs little when no page is open. */
export class Live {
	private readonly pages = new Set<ServerResponse>();
	private rows: Row[] = [];
	private untold = 0;
	private timer: NodeJS.Timeout | undefined;

	constructor(
		private readonly countsOf: (provider: ProviderName) => Counts,
		private readonly baseUrl: (provider: ProviderName) => string,
		private readonly hint: string,
	) {}

	hear(news: News): void {
		const row = rowOf(news);
		if (row) {
			this.rows.push(row);
			this.untold++;
			if (this.rows.length > 2 * MAX_ROWS) this.rows = this.rows.slice(-MAX_ROWS);
		}
		if (this.pages.size > 0) this.timer ??= setTimeout(() => this.tellNews(), INTERVAL_MS);
	}

	open(page: ServerResponse): void {
		this.tellNews();
		page.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
		page.write(this.wholeState());
		this.pages.add(page);
		page.on('close', () => this.pages.delete(page));
	}

	forget(): void {
		this.rows = [];
		this.tellNews();
		this.tell(this.wholeState());
	}

	close(): void {
		clearTimeout(this.timer);
		for (const page of this.pages) page.end();
	}

	private tellNews(): void {
		clearTimeout(this.timer);
		this.timer = undefined;
		if (this.pages.size > 0) {
			this.tell(message('news', { counts: this.counts(), rows: this.latest(this.untold) }));
		}
		this.untold = 0;
	}

	private wholeState(): string {
		const about = providerNames.map((name) => ({
			name,
			title: providers[name].title,
			baseUrl: this.baseUrl(name),
		}));
		const { hint } = this;
		return message('state', { providers: about, hint, counts: this.counts(), rows: this.latest(MAX_ROWS) });
	}

	private counts(): Record<string, Counts> {
		return Object.fromEntries(providerNames.map((name) => [name, this.countsOf(name)]));
	}

	private latest(count: number): unknown[] {
		return count === 0 ? [] : this.rows.slice(-Math.min(count, MAX_ROWS)).map(asSent);
	}

	private tell(text: string): void {
		for (const page of this.pages) page.write(text);
	}
}

const message = (event: 'state' | 'news', data: unknown): string =>
	`event: ${event}\ndata: ${maskSecrets(JSON.stringify(data))}\n\n`;
