import type { IWebhookFunctions } from 'n8n-workflow';
import { bodyExample, refused, type Refused } from './refusal';

/**
 * The bytes as they were sent, inflated. SDKs label JSON as text or as a form, so these count and not what
 * n8n made of them. Of multipart forms nothing is left: n8n has taken them apart already.
 */
export async function readRawBody(context: IWebhookFunctions): Promise<{ ok: true; raw: Buffer } | Refused> {
	const request = context.getRequestObject();
	if (request.contentType === 'multipart/form-data') {
		return refused(400, 'not_json', `Forms are not taken. Send ${bodyExample}.`);
	}
	try {
		if (request.rawBody === undefined) await request.readRawBody();
	} catch (error) {
		return (error as { type?: unknown }).type === 'entity.too.large'
			? refused(413, 'batch_too_large', 'The request is larger than n8n takes. Send smaller batches.')
			: refused(
					400,
					'not_json',
					'The body cannot be read. The header Content-Encoding must say how it is compressed: gzip, deflate or not at all.',
				);
	}
	return { ok: true, raw: request.rawBody ?? Buffer.alloc(0) };
}

/** The body as JSON, undefined if it is none. Where n8n has parsed it, that is not done again. */
export function readJson(context: IWebhookFunctions, raw: Buffer): unknown {
	return parsedByN8n(context) ?? parseJson(raw);
}

/** What n8n has parsed where it reads a body as we do: JSON in UTF-8, labelled as such. Undefined elsewhere. */
function parsedByN8n(context: IWebhookFunctions): unknown {
	const { contentType, encoding, body } = context.getRequestObject();
	const isReadAlike = contentType === 'application/json' && ['utf-8', 'utf8'].includes(encoding);
	return isReadAlike ? body : undefined;
}

const byteOrderMark = /^\uFEFF/;

/** Undefined for what is no JSON. */
export function parseJson(raw: Buffer): unknown {
	try {
		return JSON.parse(raw.toString('utf8').replace(byteOrderMark, ''));
	} catch {
		return undefined;
	}
}
