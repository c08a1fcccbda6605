import { z } from 'zod/v4';
import type { Endpoint, ProviderRequest, RequestParts } from './provider';

/** An endpoint's address and what goes along with it, as one request. */
export function requestTo(
	{ method, path }: Pick<Endpoint, 'method' | 'path'>,
	{ params = {}, query = {}, body }: RequestParts = {},
): ProviderRequest {
	const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
	const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
	const search = new URLSearchParams(given).toString();
	return {
		method,
		path: search === '' ? filled : `${filled}?${search}`,
		...(body === undefined ? {} : { body }),
	};
}

/** An id that becomes a part of the path: `.` and `..` would lead to another address. */
export function pathPart(missing: string) {
	return z
		.string(missing)
		.trim()
		.min(1, missing)
		.refine((id) => id !== '.' && id !== '..', 'An ID of dots alone cannot be part of an address')
		.refine((id) => !/\p{Surrogate}/u.test(id), 'An ID with half of an emoji cannot be part of an address');
}
