import type { IWebhookFunctions } from 'n8n-workflow';
import { accepted, type Checked } from '../../shared/checked';
import { bodyExample, refuse, type Refusal } from './refusal';

/**
 * Reads the bytes of the body, uncompressed. The trigger uses them instead of what n8n parsed, since some SDKs label
 * JSON as text or as a form. For multipart forms there are no bytes, since n8n has parsed them already.
 */
export async function readRawBody(
	context: IWebhookFunctions,
	mostBytes: number,
): Promise<Checked<Buffer, Refusal>> {
	const request = context.getRequestObject();
	if (request.contentType === 'multipart/form-data') {
		return refuse(400, 'not_json', `Forms are not taken. Send ${bodyExample}.`);
	}
	try {
		if (request.rawBody === undefined) await request.readRawBody();
	} catch (error) {
		return (error as { type?: unknown }).type === 'entity.too.large'
			? refuse(413, 'batch_too_large', 'The request is larger than n8n takes. Send smaller batches.')
			: refuse(
					400,
					'not_json',
					'The body cannot be read. The header Content-Encoding must say how it is compressed: gzip, deflate or not at all.',
				);
	}
	const rawBody = request.rawBody ?? Buffer.alloc(0);
	if (rawBody.length > mostBytes) {
		const allowed = Math.floor(mostBytes / 1024);
		return refuse(413, 'batch_too_large', `The request is larger than ${allowed} KiB. Send smaller batches.`);
	}
	return accepted(rawBody);
}

export function parseBody(context: IWebhookFunctions, rawBody: Buffer): Checked<unknown, Refusal> {
	if (rawBody.length === 0) return refuse(400, 'empty_body', `The request has no body. Send ${bodyExample}.`);
	const body = jsonOf(context, rawBody);
	return body === undefined
		? refuse(400, 'not_json', `The body is not JSON. Send ${bodyExample}.`)
		: accepted(body);
}

/** Returns the body as JSON, undefined if it isn't JSON. Doesn't parse again what n8n has parsed the same way. */
export function jsonOf(context: IWebhookFunctions, rawBody: Buffer): unknown {
	return parsedByN8n(context) ?? parseJson(rawBody);
}

/** Returns what n8n parsed if the body is labeled as JSON in UTF-8; undefined otherwise. */
function parsedByN8n(context: IWebhookFunctions): unknown {
	const { contentType, encoding, body } = context.getRequestObject();
	const isParsedAlike = contentType === 'application/json' && ['utf-8', 'utf8'].includes(encoding);
	return isParsedAlike ? body : undefined;
}

const byteOrderMark = /^\uFEFF/;

/** Returns undefined for bytes that aren't JSON. */
export function parseJson(rawBody: Buffer): unknown {
	try {
		return JSON.parse(rawBody.toString('utf8').replace(byteOrderMark, ''));
	} catch {
		return undefined;
	}
}
