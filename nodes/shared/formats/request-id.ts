import { text } from '../event';
import type { IncomingRequest } from './format';

/** The sender's id of a request, which it repeats when it tries again; events without an id of their own get theirs from it. */
export function requestId(headers: IncomingRequest['headers']): string | undefined {
	const id = headers['webhook-id'] ?? headers['svix-id'] ?? headers['idempotency-key'] ?? headers['ce-id'];
	return typeof id === 'string' ? text(id) : undefined;
}
