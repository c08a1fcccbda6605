import { createHash, createHmac } from 'node:crypto';

interface SignedParts {
	method: string;
	/** Path and query of the final URL, percent-encoded as it is requested. */
	requestUri: string;
	/** As the `Content-Type` header has it; part of the signature even without a body. */
	contentType: string;
	/** As the `Date` header has it. */
	date: string;
	/** The exact bytes that are sent. */
	body: Buffer;
}

/**
 * The `Authorization` header of a request signed with a workspace's key and secret, as SuprSend's own SDKs
 * compute it (@suprsend/node-sdk 1.15.1, src/signature.js).
 */
export function authorization(parts: SignedParts, workspaceKey: string, workspaceSecret: string): string {
	const { method, requestUri, contentType, date, body } = parts;
	const digest = body.length === 0 ? '' : createHash('md5').update(body).digest('hex');
	const stringToSign = [method, digest, contentType, date, requestUri].join('\n');
	const signature = createHmac('sha256', workspaceSecret).update(stringToSign).digest('base64');
	return `${workspaceKey}:${signature}`;
}
