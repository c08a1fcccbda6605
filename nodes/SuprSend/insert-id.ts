import { createHash } from 'node:crypto';

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The UUID that SuprSend's SDKs give each record (@suprsend/node-sdk 1.15.1, src/request_json/event.json). Derived
 * from the message ID, so that a retry has the same one.
 */
export function insertId(messageId: string): string {
	if (uuid.test(messageId)) return messageId;
	const hash = createHash('sha256').update(messageId).digest('hex');
	// UUID version 8 (RFC 9562), for custom UUIDs.
	const groups = [
		hash.slice(0, 8),
		hash.slice(8, 12),
		`8${hash.slice(13, 16)}`,
		`8${hash.slice(17, 20)}`,
		hash.slice(20, 32),
	];
	return groups.join('-');
}
