/** Where requests may go: https, or http on this machine only. */
export type CheckedBaseUrl = { ok: true; baseUrl: string } | { ok: false; message: string };

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Undefined for what is none. Node.js 20's own `URL.canParse` errs on letters such as ü once it is optimised. */
export function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

/**
 * Checks a credential's Base URL, or another address, which messages call by `name`; secrets must not travel in
 * the clear.
 */
export function checkBaseUrl(value: unknown, name = 'Base URL'): CheckedBaseUrl {
	const text = typeof value === 'string' ? value.trim() : '';
	const example = 'e.g. https://api.example.com';
	const url = parseUrl(text);
	if (url === undefined)
		return { ok: false, message: `The ${name} is not a URL. Enter one with https, ${example}.` };
	if (url.username !== '' || url.password !== '') {
		return { ok: false, message: `The ${name} holds a user name or password. Remove it, ${example}.` };
	}
	if (url.search !== '' || url.hash !== '') {
		return { ok: false, message: `The ${name} ends in a query or an anchor. Remove it, ${example}.` };
	}
	const secure = url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname));
	if (!secure) {
		return {
			ok: false,
			message: `The ${name} must start with https:// (http:// is for this machine only), ${example}.`,
		};
	}
	return { ok: true, baseUrl: `${url.origin}${url.pathname}`.replace(/\/+$/, '') };
}

/** A request as credentials see it. That of n8n's own HTTP Request node has its address in `uri`. */
interface Addressed {
	baseURL?: string;
	url?: string;
	uri?: string;
}

/** Where a request goes, its query parameters apart. */
export function addressOf({ baseURL, url, uri }: Addressed): URL {
	const address = url ?? uri ?? '';
	if (baseURL === undefined) return new URL(address);
	return new URL(`${baseURL.replace(/\/+$/, '')}/${address.replace(/^\/+/, '')}`);
}

/** For credentials, which see each request before its keys are added. Throws on an address not fit for them. */
export function assertSafeUrl(request: Addressed): void {
	const { baseURL } = request;
	const checked =
		baseURL === undefined ? checkBaseUrl(addressOf(request).origin, 'URL') : checkBaseUrl(baseURL);
	if (!checked.ok) throw new Error(checked.message);
}
