import type { IWebhookFunctions } from 'n8n-workflow';

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

/** Undefined for what is no JSON. */
export function parseJson(raw: Buffer): unknown {
	try {
		return JSON.parse(raw.toString('utf8').replace(byteOrderMark, ''));
	} catch {
		return undefined;
	}
}
