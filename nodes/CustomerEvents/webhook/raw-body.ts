import type { IWebhookFunctions } from 'n8n-workflow';
import { anyOf, parseRedacted } from '../../shared/redact';
import { shortestSecret } from '../../shared/signatures';

/**
 * The bytes as they were sent, inflated. SDKs label JSON as text or as a form, so these count and not what
 * n8n made of them; undefined where n8n has taken them apart already, as it does with multipart forms.
 */
export async function readRawBody(context: IWebhookFunctions): Promise<Buffer | undefined> {
	const request = context.getRequestObject();
	try {
		if (request.rawBody === undefined) await request.readRawBody();
	} catch {
		return undefined;
	}
	return request.rawBody ?? Buffer.alloc(0);
}

const byteOrderMark = /^\uFEFF/;

/**
 * Undefined for what is no JSON.
 * @param secrets are replaced wherever they are in it: SDKs repeat their key in events, and events are stored
 */
export function parseJson(raw: Buffer, secrets: readonly string[] = []): unknown {
	const text = raw.toString('utf8').replace(byteOrderMark, '');
	// A secret that can be guessed may be a word that events are full of.
	const hidden = anyOf(secrets.filter(({ length }) => length >= shortestSecret));
	// Escaped or not: most bodies hold neither, and are parsed in a fraction of the time.
	const mayHoldOne = secrets.length > 0 && (text.includes('\\') || text.search(hidden) >= 0);
	try {
		return mayHoldOne ? parseRedacted(text, hidden) : JSON.parse(text);
	} catch {
		return undefined;
	}
}
