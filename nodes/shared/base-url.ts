/** Where requests may go: https, or http on this machine only. */
export type CheckedBaseUrl = { ok: true; baseUrl: string } | { ok: false; message: string };

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Checks a credential's Base URL; secrets must not travel in the clear. */
export function checkBaseUrl(value: unknown): CheckedBaseUrl {
	const text = typeof value === 'string' ? value.trim() : '';
	const example = 'e.g. https://api.example.com';
	if (!URL.canParse(text))
		return { ok: false, message: `The Base URL is not a URL. Enter one with https, ${example}.` };
	const url = new URL(text);
	if (url.username !== '' || url.password !== '') {
		return { ok: false, message: `The Base URL holds a user name or password. Remove it, ${example}.` };
	}
	if (url.search !== '' || url.hash !== '') {
		return { ok: false, message: `The Base URL ends in a query or an anchor. Remove it, ${example}.` };
	}
	const secure = url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname));
	if (!secure) {
		return {
			ok: false,
			message: `The Base URL must start with https:// (http:// is for this machine only), ${example}.`,
		};
	}
	return { ok: true, baseUrl: `${url.origin}${url.pathname}`.replace(/\/+$/, '') };
}

/** For credentials, which see each request before its keys are added. Throws on an address not fit for them. */
export function assertSafeUrl({ baseURL, url }: { baseURL?: string; url: string }): void {
	const checked = checkBaseUrl(baseURL ?? new URL(url).origin);
	if (!checked.ok) throw new Error(checked.message);
}
