import type { IncomingHttpHeaders } from 'node:http';
import { credentials } from '../credentials';
import { bearerToken, isSameSecret } from './auth';
import {
	type AcceptedRecord,
	type Answer,
	isObject,
	json,
	type Provider,
	type ProviderRequest,
	stringOrNothing,
	text,
} from './provider';
import { type Flaw, flawOf } from './suprsend-event';
import { suprSendSignature } from './suprsend-signature';

const MAX_EVENTS = 100;
const MAX_REQUEST_BYTES = 819_200;
/** The documents name no default page size for users. */
const DEFAULT_LIMIT = 10;

const { apiKey, workspaceKey, workspaceSecret } = credentials.suprsend;

const isSigned = (headers: IncomingHttpHeaders): boolean => bearerToken(headers) === undefined;

/** How old a `Date` may be is not documented, so its age is not checked. */
function isAuthentic(request: ProviderRequest): boolean {
	const { method, uri, headers, bytes } = request;
	const token = bearerToken(headers);
	if (token !== undefined) return isSameSecret(token, apiKey);
	const [, key = '', signature = ''] = /^([^:]+):(.+)$/.exec(headers.authorization ?? '') ?? [];
	const signed = { method, uri, contentType: headers['content-type'] ?? '', date: headers.date ?? '', bytes };
	return (
		isSameSecret(key, workspaceKey) && isSameSecret(signature, suprSendSignature(signed, workspaceSecret))
	);
}

/**
 * The envelope is documented, what `detail` holds is not: here it names the field. It does not say which
 * event of an array is bad, so that no client comes to rely on being told. That a body that is too big, is
 * empty or is not JSON gets this same 400 is a choice too.
 */
const refuse = ({ field, message }: Flaw): Answer => {
	const detail = { [field]: [message] };
	return json(400, {
		code: 400,
		error_code: 'error',
		type: 'ValidationError',
		message: JSON.stringify(detail),
		detail,
	});
};

function accept(event: unknown): AcceptedRecord {
	const fields = isObject(event) ? event : {};
	return {
		kind: 'event',
		body: event,
		name: stringOrNothing(fields.event),
		user: stringOrNothing(fields.distinct_id),
		idempotencyKey: stringOrNothing(fields.$idempotency_key)?.trim() || undefined,
	};
}

function takeEvents({ bytes, body, headers }: ProviderRequest): Answer {
	if (bytes.length > MAX_REQUEST_BYTES) {
		return refuse({ field: 'body', message: `a request must not cross ${MAX_REQUEST_BYTES} bytes` });
	}
	const events: readonly unknown[] = Array.isArray(body) ? body : [body];
	if (events.length === 0 || events.length > MAX_EVENTS) {
		return refuse({ field: 'body', message: `an array must hold 1 to ${MAX_EVENTS} events` });
	}
	const env = isSigned(headers) ? workspaceKey : undefined;
	for (const event of events) {
		const flaw = flawOf(event, env);
		if (flaw) return refuse(flaw);
	}
	return { ...text(202, 'OK'), accepted: events.map(accept) };
}

/** Always an empty page: no operation of the sandbox makes users yet. */
function listUsers({ query }: ProviderRequest): Answer {
	const limit = Number(query.get('limit')) || DEFAULT_LIMIT;
	const meta = { count: 0, limit, has_prev: false, before: null, has_next: false, after: null };
	return json(200, { meta, results: [] });
}

export const suprsend: Provider = {
	title: 'SuprSend',
	basePath: '',
	authenticate: (request) =>
		isAuthentic(request) ? undefined : text(401, 'Not Authenticated - could not find Workspace details'),
	routes: [
		{ method: 'POST', path: /^\/event\/$/, answer: takeEvents },
		{ method: 'GET', path: /^\/v1\/user\/$/, answer: listUsers },
	],
};
