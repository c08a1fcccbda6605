import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, json, text } from './providers/provider';

interface Reflected {
	method: string;
	uri: string;
	headers: IncomingHttpHeaders;
	bytes: Buffer;
}

/** Returns an answer with JSON or plain text. */
export interface Mirror {
	status: number;
	as: 'json' | 'text';
}

/** Characters that a header or a reason phrase may contain. */
const headerSafe = (value: string): string => value.replace(/[^\x20-\x7e\xa0-\xff]/g, ' ').slice(0, 2_000);

/**
 * Answers with the request and its credentials, as debug pages and careless proxies do: in the body, in headers and in the
 * reason phrase, unchanged and in several encodings.
 */
export function reflection({ status, as }: Mirror, { method, uri, headers, bytes }: Reflected): Answer {
	const body = bytes.toString('utf8');
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
	const whole = [`${method} ${uri}`, ...lines, '', body].join('\r\n');
	const wholeBytes = Buffer.from(whole);
	const shown = String(headers.authorization ?? headers['x-api-key'] ?? body);
	const message = `Did not like ${shown}`;
	const encoded = {
		base64: wholeBytes.toString('base64'),
		base64url: wholeBytes.toString('base64url'),
		hex: wholeBytes.toString('hex'),
		url: encodeURIComponent(whole),
		form: new URLSearchParams({ whole }).toString(),
		json: JSON.stringify({ whole }),
	};
	const reflected = { message, request_id: shown, [shown]: true, method, uri, headers, body, whole, encoded };
	const { headers: contentType, body: answer = '' } =
		as === 'json'
			? json(status, reflected)
			: text(status, [message, whole, ...Object.values(encoded)].join('\n'));
	return {
		status,
		reason: headerSafe(message),
		headers: {
			...contentType,
			'x-request-id': headerSafe(shown),
			'x-debug': headerSafe(whole),
			'retry-after': headerSafe(shown),
			location: `/elsewhere?${encodeURIComponent(shown)}`,
		},
		body: answer,
	};
}
