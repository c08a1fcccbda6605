export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** A request that isn't trusted yet. */
export interface SenderRequest {
	/** With names in lower case, as in Node. */
	headers: Headers;
	rawBody: Buffer;
	/** When the request was received, in epoch milliseconds. */
	now: number;
	/** Parses the body as JSON; undefined if it isn't JSON. Called only if no header has the write key. */
	parseBody?: () => unknown;
	/** The parameters in the URL. */
	query?: Readonly<Record<string, unknown>>;
	/** In capitals, e.g. `POST`. */
	method?: string;
	/** Returns the URLs that the sender may have called, for senders that sign it. */
	urls?: () => readonly string[];
}

/** Returns a header; empty if it is missing or came more than once, since then it's unclear which one counts. */
export function headerText(headers: Headers, name: string): string {
	const value = headers[name.toLowerCase()];
	return typeof value === 'string' ? value : '';
}

/** Limits the comparisons that a request can cause. No sender has more keys at the same time. */
const mostEntries = 20;

/** Splits a header with several entries, such as `t=1,v1=ab,v1=cd` or `v1,ab v1a,cd`. */
export function headerEntries(headers: Headers, name: string, separator: RegExp): string[] {
	const entries = headerText(headers, name).split(separator, mostEntries);
	return entries.filter((entry) => entry !== '');
}
