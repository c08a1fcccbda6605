import { secrets } from './credentials';
import type { SandboxRequest } from './journal';
import { isObject } from './providers/provider';

const MASK = '•••';
/** For example `authorization` and `x-api-key`. */
const SECRET_HEADER = /auth|key|token|secret|signature|cookie/i;
/** Fields with Simon Data's credentials, which are in the body. */
const SECRET_FIELDS: readonly string[] = ['partnerSecret'];
const SECRET_FIELDS_IN_TEXT = new RegExp(
	`("(?:${SECRET_FIELDS.join('|')})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"?`,
	'g',
);

const maskedHeaders = (headers: SandboxRequest['headers']) =>
	Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name, SECRET_HEADER.test(name) ? MASK : value]),
	);

/** Hides fields that hold a secret of any service, also in text, because a body may not be JSON. */
export function maskFields(value: unknown): unknown {
	if (typeof value === 'string') return value.replace(SECRET_FIELDS_IN_TEXT, `$1"${MASK}"`);
	if (Array.isArray(value)) return value.map(maskFields);
	if (!isObject(value)) return value;
	const masked = Object.entries(value).map(([name, inner]): [string, unknown] => [
		name,
		SECRET_FIELDS.includes(name) ? MASK : maskFields(inner),
	]);
	return Object.fromEntries(masked);
}

export const maskRequest = (request: SandboxRequest): unknown =>
	maskFields({ ...request, headers: maskedHeaders(request.headers) });

/** Hides secrets in everything that leaves the process. */
export const maskSecrets = (text: string): string =>
	secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
