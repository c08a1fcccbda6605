import { z } from 'zod/v4';

/**
 * The canonical event, version "1": the public contract between the trigger, the nodes that send events, and
 * workflows that read the items. It is a strict form of the Segment Spec (https://segment.com/docs/connections/spec/);
 * `docs/event-contract.md` explains each field. `normalize` turns whatever a sender posts into this shape.
 */

export const eventTypes = ['track', 'identify', 'page', 'screen', 'group', 'alias'] as const;
export type EventType = (typeof eventTypes)[number];

export function isEventType(name: string | undefined): name is EventType {
	return (eventTypes as ReadonlyArray<string | undefined>).includes(name);
}

/** ISO 8601 in UTC with milliseconds, as `Date.prototype.toISOString` prints it. */
const instant = z.string().regex(/^(?:[+-]\d{2})?\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
const identifier = z.string().min(1).max(256);
const anyObject = z.record(z.string(), z.unknown());

const warningSchema = z.object({ path: z.string(), code: z.string(), message: z.string() });

export const metaSchema = z.object({
	/** The wire format of the event, e.g. `segment-batch`; `item` for an event built inside a workflow. */
	format: z.string(),
	transport: z.enum(['webhook', 'item', 'poll']),
	/** The sender's ID of the request, e.g. from the `webhook-id` header. */
	webhookId: z.string().optional(),
	batchIndex: z.number().int().nonnegative(),
	batchSize: z.number().int().positive(),
	/** How the sender proved who it is, e.g. `github`; false without authentication. */
	verified: z.union([z.string(), z.literal(false)]),
	warnings: z.array(warningSchema),
});

export const canonicalEventSchema = z
	.object({
		type: z.enum(eventTypes),
		messageId: z.string().min(1).max(100),
		event: z.string().min(1).max(200).optional(),
		name: z.string().optional(),
		category: z.string().optional(),
		userId: identifier.nullable(),
		anonymousId: identifier.nullable(),
		groupId: identifier.optional(),
		previousId: identifier.optional(),
		traits: anyObject,
		properties: anyObject,
		context: anyObject,
		integrations: anyObject,
		originalTimestamp: instant.optional(),
		sentAt: instant.optional(),
		receivedAt: instant,
		timestamp: instant,
		version: z.literal('1'),
		_meta: metaSchema,
	})
	.strict();

export type CanonicalEvent = z.infer<typeof canonicalEventSchema>;
export type EventMeta = z.infer<typeof metaSchema>;
export type Warning = z.infer<typeof warningSchema>;
