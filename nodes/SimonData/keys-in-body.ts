import { isPlainObject } from 'lodash';
import { jsonParse, type IHttpRequestOptions } from 'n8n-workflow';

interface Keys {
	partnerId: string;
	partnerSecret: string;
}

/** Adds the keys to a request's body, where Simon Data expects them instead of in a header. */
export function withKeys(body: IHttpRequestOptions['body'], keys: Keys): Buffer {
	const isText = Buffer.isBuffer(body) || typeof body === 'string';
	const content: unknown = isText ? jsonParse(String(body), { fallbackValue: null }) : (body ?? {});
	if (!isPlainObject(content)) {
		throw new Error('Simon Data expects its keys in the body, so the body must be a JSON object');
	}
	return Buffer.from(JSON.stringify({ ...(content as object), ...keys }));
}
