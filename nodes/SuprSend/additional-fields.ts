import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { characters, ifFilledIn, isBlank, isObject, textual, type Fields } from '../shared';

/** Fields of a single event or trigger, in both mapping modes. Unlike options, they are evaluated for each item. */
export function additionalFields(...options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options,
	};
}

/** For fields that differ for each item. With "Map Automatically", a Many operation reads its settings once. */
export function forEachItem(field: INodeProperties): INodeProperties {
	return { ...field, displayOptions: { show: { '/mappingMode': ['defineBelow'] } } };
}

export function readAdditionalFields(settings: Fields): Record<string, unknown> {
	const given = settings('additionalFields');
	return isObject(given) ? given : {};
}

export const tenantId: INodeProperties = {
	displayName: 'Tenant ID',
	name: 'tenantId',
	type: 'string',
	default: '',
	placeholder: 'e.g. acme',
	description:
		'The ID of the tenant for which SuprSend sends the notification. The tenant must exist in SuprSend.',
};

export const idempotencyKey: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotencyKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.orderId }}-paid',
	description:
		"SuprSend skips items whose key it received within the last 24 hours, so use an expression that returns a different key for each item. If you leave this field empty, the node uses the event's message ID or generates a key that stays the same when the node retries.",
};

export const tenantIdSchema = ifFilledIn(
	textual(z.string('The tenant ID must be text')).refine(
		(id) => characters(id) <= 64,
		'The tenant ID can have up to 64 characters',
	),
);

export const idempotencyKeySchema = textual(z.string('The idempotency key must be text')).refine(
	(key) => characters(key) <= 255,
	'The idempotency key can have up to 255 characters',
);

/**
 * Reads the idempotency key and the tenant ID.
 * @param ownKey the key when none is given. It must be unique, and the same in a retry.
 */
export function readKeyAndTenant(given: Record<string, unknown>, ownKey: string) {
	return {
		$idempotency_key: isBlank(given.idempotencyKey) ? ownKey : given.idempotencyKey,
		tenant_id: given.tenantId,
	};
}
