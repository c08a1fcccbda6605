import { secrets } from './credentials';
import type { SandboxRequest } from './journal';

const MASK = '•••';
const SECRET_HEADERS: readonly string[] = ['authorization', 'proxy-authorization', 'cookie', 'x-api-key'];

const maskedHeaders = (headers: SandboxRequest['headers']) =>
	Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name, SECRET_HEADERS.includes(name) ? MASK : value]),
	);

export const maskRequest = (request: SandboxRequest): SandboxRequest => ({
	...request,
	headers: maskedHeaders(request.headers),
});

/** For what leaves the process: a secret is hidden wherever a client put it. */
export const maskSecrets = (text: string): string =>
	secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
