import { createHash } from 'node:crypto';

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * What SuprSend's SDKs name each record by: a UUID, of 36 characters at least (@suprsend/node-sdk 1.15.1,
 * src/request_json/event.json). Made from the message's own id, so that a repetition has the same one.
 */
export function insertId(messageId: string): string {
	if (uuid.test(messageId)) return messageId;
	const hash = createHash('sha256').update(messageId).digest('hex');
	// Version 8 of RFC 9562: a UUID of one's own making.
	const groups = [
		hash.slice(0, 8),
		hash.slice(8, 12),
		`8${hash.slice(13, 16)}`,
		`8${hash.slice(17, 20)}`,
		hash.slice(20, 32),
	];
	return groups.join('-');
}
