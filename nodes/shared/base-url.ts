import { trimEnd, trimStart } from 'lodash';
import type { Checked } from './checked';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Returns undefined for an invalid URL. `URL.canParse` of Node.js 20 is wrong about letters such as ü once optimized. */
export function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

/**
 * Checks a base URL: https, or http on this machine only, because requests carry secrets.
 * @param name what messages call the URL
 * @returns the URL without a trailing slash, or what to correct
 */
export function checkBaseUrl(value: unknown, name = 'Base URL'): Checked<string, string> {
	const text = typeof value === 'string' ? value.trim() : '';
	const example = 'e.g. https://api.example.com';
	const url = parseUrl(text);
	if (url === undefined)
		return {
			ok: false,
			reason: `The ${name} is not a valid URL. Enter a URL that starts with https://, ${example}.`,
		};
	if (url.username !== '' || url.password !== '') {
		return {
			ok: false,
			reason: `The ${name} can't contain a username or password. Enter a URL without them, ${example}.`,
		};
	}
	if (url.search !== '' || url.hash !== '') {
		return {
			ok: false,
			reason: `The ${name} can't contain a query string or a fragment. Enter a URL without them, ${example}.`,
		};
	}
	const secure = url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname));
	if (!secure) {
		return {
			ok: false,
			reason: `The ${name} must start with https://, ${example}. Only localhost can use http://.`,
		};
	}
	return { ok: true, value: trimEnd(`${url.origin}${url.pathname}`, '/') };
}

/** A request as credentials see it. n8n's HTTP Request node sets `uri` instead of `url`. */
interface Addressed {
	baseURL?: string;
	url?: string;
	uri?: string;
}

/** The URL of a request, without separate query parameters. */
export function addressOf({ baseURL, url, uri }: Addressed): URL {
	const address = url ?? uri ?? '';
	if (baseURL === undefined) return new URL(address);
	return new URL(`${trimEnd(baseURL, '/')}/${trimStart(address, '/')}`);
}

/** Throws when a request's URL isn't safe for keys. Credentials call it before they add any. */
export function assertSafeUrl(request: Addressed): void {
	const { baseURL } = request;
	const checked =
		baseURL === undefined ? checkBaseUrl(addressOf(request).origin, 'URL') : checkBaseUrl(baseURL);
	if (!checked.ok) throw new Error(checked.reason);
}
