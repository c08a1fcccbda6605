import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import type { Fields } from '../shared/delivery';
import { characters, isObject, text } from '../shared/event';

/** Options of an operation that are worked out for each item. */
export function readOptions(settings: Fields): Record<string, unknown> {
	const options = settings('options');
	return isObject(options) ? options : {};
}

export const tenantId: INodeProperties = {
	displayName: 'Tenant ID',
	name: 'tenantId',
	type: 'string',
	default: '',
	placeholder: 'e.g. acme',
	description: 'The tenant on whose behalf to notify. SuprSend must know it already.',
};

export const idempotencyKey: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotencyKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.orderId }}-paid',
	description:
		"SuprSend skips what has a key that it has seen within 24 hours, so use an expression that gives every item another one. Leave empty for the event's message ID, or a key that stays the same when the node tries again.",
};

export const tenantIdSchema = z
	.string()
	.trim()
	.refine((id) => characters(id) <= 64, 'The tenant ID can have at most 64 characters')
	.optional();

export const idempotencyKeySchema = z
	.string()
	.trim()
	.refine((key) => characters(key) <= 255, 'The idempotency key can have at most 255 characters');

/** What these two say, with the message's own id for a key where there is none. */
export function readKeyAndTenant(
	options: Record<string, unknown>,
	messageId: string,
): { $idempotency_key: string; tenant_id?: string } {
	return {
		$idempotency_key: text(options.idempotencyKey) ?? messageId,
		tenant_id: text(options.tenantId),
	};
}
