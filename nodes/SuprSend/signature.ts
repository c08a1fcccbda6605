import { createHash, createHmac } from 'node:crypto';

interface SignedParts {
	method: string;
	/** Path and query of the URL, percent-encoded as in the request. */
	requestUri: string;
	/** The `Content-Type` header, which is signed even without a body. */
	contentType: string;
	/** The `Date` header. */
	date: string;
	/** The exact bytes that are sent. */
	body: Buffer;
}

/**
 * Computes the `Authorization` header for a workspace's key and secret, as SuprSend's own SDKs do (@suprsend/node-sdk 1.15.1, src/signature.js).
 */
export function authorization(parts: SignedParts, workspaceKey: string, workspaceSecret: string): string {
	const { method, requestUri, contentType, date, body } = parts;
	const digest = body.length === 0 ? '' : createHash('md5').update(body).digest('hex');
	const stringToSign = [method, digest, contentType, date, requestUri].join('\n');
	const signature = createHmac('sha256', workspaceSecret).update(stringToSign).digest('base64');
	return `${workspaceKey}:${signature}`;
}
