import { once } from 'lodash';
import type { IWebhookFunctions } from 'n8n-workflow';
import { accepted, type Checked } from '../checked';
import { decodeBody, inflateGzip, type DecodedBody } from '../formats';
import { bodyExample, refuse, type Refusal } from './refusal';

/** The bytes of a body. */
export interface RawBody {
	/** As the sender signs them. Gzip is inflated if it is labeled. */
	sent: Buffer;
	/** The same, inflated if they are gzip without a label. */
	inflated: Buffer;
}

/**
 * Reads the bytes of the body. The trigger uses them instead of what n8n parsed, since some SDKs label
 * JSON as text or as a form. For multipart forms there are no bytes, since n8n has parsed them already.
 */
export async function readRawBody(
	context: IWebhookFunctions,
	mostBytes: number,
): Promise<Checked<RawBody, Refusal>> {
	const request = context.getRequestObject();
	if (request.contentType === 'multipart/form-data') {
		return refuse(
			415,
			'multipart_form',
			`Forms of the type multipart/form-data aren't supported. Send the fields as application/x-www-form-urlencoded, or ${bodyExample}.`,
		);
	}
	try {
		if (request.rawBody === undefined) await request.readRawBody();
	} catch (error) {
		return (error as { type?: unknown }).type === 'entity.too.large'
			? refuse(
					413,
					'batch_too_large',
					'The request is larger than n8n accepts. Send smaller batches, or raise N8N_PAYLOAD_SIZE_MAX.',
				)
			: refuse(
					400,
					'not_json',
					"The body can't be read. Compress the body in the format that the Content-Encoding header names (gzip or deflate), or remove the header.",
				);
	}
	const sent = request.rawBody ?? Buffer.alloc(0);
	if (sent.length > mostBytes) return tooLarge(mostBytes);
	const inflated = await inflateGzip(sent, mostBytes);
	if (inflated.ok) return accepted({ sent, inflated: inflated.value });
	return inflated.reason === 'too_large' ? tooLarge(mostBytes) : notJson();
}

function notJson(): Checked<never, Refusal> {
	return refuse(400, 'not_json', `The body is not JSON. Send ${bodyExample}.`);
}

function tooLarge(mostBytes: number): Checked<never, Refusal> {
	const allowed = Math.floor(mostBytes / 1024);
	return refuse(
		413,
		'batch_too_large',
		`The request is larger than ${allowed} KiB. Send smaller batches, or raise 'Max Batch Size (KiB)' in the trigger's options.`,
	);
}

/** Decodes the body at most once: the check of a write key may need it before the events are read. */
export function bodyDecoder(
	context: IWebhookFunctions,
	rawBody: RawBody,
): () => Checked<DecodedBody, Refusal> {
	return once(() => decode(context, rawBody));
}

function decode(context: IWebhookFunctions, { sent, inflated }: RawBody): Checked<DecodedBody, Refusal> {
	if (inflated.length === 0) {
		// A CloudEvent in binary mode can be in the headers alone.
		if (context.getHeaderData()['ce-specversion'] !== undefined) return accepted(noBody);
		return refuse(400, 'empty_body', `The request has no body. Send ${bodyExample}.`);
	}
	const { contentType } = context.getRequestObject();
	const decoded = decodeBody(inflated, { contentType, parsed: parsedByN8n(context) });
	if (decoded === undefined) return notJson();
	return accepted({ ...decoded, isEncoded: decoded.isEncoded || inflated !== sent });
}

const noBody: DecodedBody = { body: undefined, isEncoded: false, warnings: [] };

/** Returns what n8n parsed if the body is labeled as JSON in UTF-8; undefined otherwise. */
function parsedByN8n(context: IWebhookFunctions): unknown {
	const { contentType, encoding, body } = context.getRequestObject();
	const isParsedAlike = contentType === 'application/json' && ['utf-8', 'utf8'].includes(encoding);
	return isParsedAlike ? body : undefined;
}
