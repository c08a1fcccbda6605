import { createHash, createHmac } from 'node:crypto';

export interface SignedRequest {
	method: string;
	/** Path and query of the request line, percent-encoded. */
	uri: string;
	contentType: string;
	date: string;
	bytes: Buffer;
}

/** Returns the second half of `Authorization: <workspace key>:<signature>`. */
export function suprSendSignature(request: SignedRequest, workspaceSecret: string): string {
	const { method, uri, contentType, date, bytes } = request;
	const contentMd5 = bytes.length > 0 ? createHash('md5').update(bytes).digest('hex') : '';
	const stringToSign = [method, contentMd5, contentType, date, uri].join('\n');
	return createHmac('sha256', workspaceSecret).update(stringToSign).digest('base64');
}
