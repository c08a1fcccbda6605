import type { Outgoing } from '../../../nodes/shared/delivery/provider';

/** A record as it stands before sending, of so many bytes as JSON. */
export function outgoing(itemIndex: number, bytes: number, lane = `u${itemIndex}`): Outgoing {
	const json = JSON.stringify('x'.repeat(bytes - 2));
	return { itemIndex, messageId: `m${itemIndex}`, record: {}, json, bytes, lane, warnings: [] };
}
