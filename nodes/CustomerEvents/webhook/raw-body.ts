import { once } from 'lodash';
import type { IWebhookFunctions } from 'n8n-workflow';
import { anyOf, inJson, parseRedacted } from '../../shared/redact';
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

/** The body as `parseJson` gives it. Where n8n has parsed it, that is not done again. */
export function readJson(context: IWebhookFunctions, raw: Buffer, secrets?: readonly string[]): unknown {
	return parseJson(raw, secrets, parsedByN8n(context));
}

/** What n8n has parsed where it reads a body as we do: JSON in UTF-8, labelled as such. Undefined elsewhere. */
function parsedByN8n(context: IWebhookFunctions): unknown {
	const { contentType, encoding, body } = context.getRequestObject();
	const isReadAlike = contentType === 'application/json' && ['utf-8', 'utf8'].includes(encoding);
	return isReadAlike ? body : undefined;
}

/**
 * Undefined for what is no JSON.
 * @param secrets are replaced wherever they are in it: SDKs repeat their key in events, and events are stored
 * @param parsed the same body, where it was parsed before
 */
export function parseJson(raw: Buffer, secrets: readonly string[] = [], parsed?: unknown): unknown {
	// A secret that can be guessed may be a word that events are full of.
	const hidden = secrets.filter(({ length }) => length >= shortestSecret);
	const text = once(() => raw.toString('utf8').replace(byteOrderMark, ''));
	try {
		const body: unknown = parsed ?? JSON.parse(text());
		if (hidden.length === 0) return body;
		// Senders escape what they like. Written anew, everything is escaped in one way.
		const unified = text().includes('\\') ? JSON.stringify(body) : text();
		const holdsOne = hidden.some((secret) => unified.includes(inJson(secret)));
		return holdsOne ? parseRedacted(text(), anyOf(hidden)) : body;
	} catch {
		return undefined;
	}
}
