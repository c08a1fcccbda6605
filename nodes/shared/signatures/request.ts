export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** A request as it came, before anything in it is believed. */
export interface SenderRequest {
	/** Names in lower case, as Node gives them. */
	headers: Headers;
	rawBody: Buffer;
	/** Epoch milliseconds at which the request reached us. */
	now: number;
	/** The body as JSON, undefined if it is none. Called only for a write key that is in no header. */
	parseBody?: () => unknown;
}

/** Empty where the header is missing, and where it came as a list: then nobody knows which one counts. */
export function headerText(headers: Headers, name: string): string {
	const value = headers[name.toLowerCase()];
	return typeof value === 'string' ? value : '';
}

/** Nobody rotates through more keys than this, and each entry costs a comparison. */
const mostEntries = 20;

/** The entries of a header that may hold several, such as `t=1,v1=ab,v1=cd` or `v1,ab v1a,cd`. */
export function headerEntries(headers: Headers, name: string, separator: RegExp): string[] {
	const entries = headerText(headers, name).split(separator, mostEntries);
	return entries.filter((entry) => entry !== '');
}
