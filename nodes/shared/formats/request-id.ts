import { firstGiven, text } from '../event';
import type { IncomingRequest } from './format';

const idHeaders = ['webhook-id', 'svix-id', 'idempotency-key', 'ce-id'];

/** The sender's id of a request, which it repeats when it tries again; events without an id of their own get theirs from it. */
export function requestId(headers: IncomingRequest['headers']): string | undefined {
	return text(firstGiven(...idHeaders.map((name) => headers[name])));
}
