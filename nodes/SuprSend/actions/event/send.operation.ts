import { z } from 'zod/v4';
import { many, readName, readText, type Operation } from '../../../shared/delivery';
import { keyValueFields, readKeyValues } from '../../../shared/descriptions';
import { asNamedEvent, characters } from '../../../shared/event';
import {
	additionalFields,
	idempotencyKey,
	idempotencyKeySchema,
	readAdditionalFields,
	readKeyAndTenant,
	tenantId,
	tenantIdSchema,
} from '../../additional-fields';
import { attachedFiles, attachments, attachmentsSchema, withAttachments } from '../../attachments';
import { readBulkAnswer } from '../../bulk-answer';
import { oneOrMany, postEvents, requestBytes } from '../../endpoints';
import { distinctIdField, distinctIdSchema } from '../../ids';
import { insertId } from '../../insert-id';
import { freeNames, isReserved, withoutReserved } from '../../reserved-names';

/** Names that start like SuprSend's own and are still free to use. */
const openNames = new Set([
	...['$identify', '$notification_delivered', '$notification_dismiss', '$notification_clicked'],
	...['$app_launched', '$user_login', '$user_logout'],
]);
const earliestTime = Date.UTC(2022, 0);

/** Rules: https://docs.suprsend.com (Send and Track Events) and the schemas of @suprsend/node-sdk 1.15.1. */
const eventSchema = z.object({
	$insert_id: z.string(),
	$time: z
		.number('The time must be a date')
		.int()
		.min(earliestTime, 'SuprSend does not accept events from before 2022')
		.optional(),
	event: z
		.string('The event needs a name')
		.trim()
		.refine((name) => characters(name) >= 2, 'The event name needs at least 2 characters')
		.refine(
			(name) => openNames.has(name) || !isReserved(name),
			'Event names starting with $ or ss_ are reserved by SuprSend',
		),
	env: z.string().optional(),
	distinct_id: distinctIdSchema,
	properties: freeNames('Properties', { $attachments: attachmentsSchema }),
	$idempotency_key: idempotencyKeySchema,
	tenant_id: tenantIdSchema,
});

type SuprSendEvent = z.infer<typeof eventSchema>;

export const send: Operation<SuprSendEvent> = {
	resource: 'event',
	operation: 'send',
	endpoint: postEvents,
	reports: 'each',
	settings: [additionalFields(attachments, idempotencyKey, tenantId)],
	fields: [
		distinctIdField,
		{
			displayName: 'Event Name',
			name: 'eventName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. product_purchased',
			description: 'Must match the event name in the trigger of your SuprSend workflow exactly',
		},
		...keyValueFields({
			name: 'properties',
			displayName: 'Properties',
			description: 'Values that the templates of your SuprSend workflow can use',
			example: '{"amount": 10, "currency": "USD"}',
		}),
	],
	schema: eventSchema,
	// "A single event instance size (including attachment) must not exceed 100KB (100 x 1024 bytes)."
	limits: { records: 100, requestBytes, recordBytes: 100 * 1024 },
	// Every event carries an idempotency key, which SuprSend honours for 24 hours.
	repeating: 'harmless',
	fromEvent(event, context) {
		const { messageId, nameFormat, facts, settings } = context;
		const { name, properties } = asNamedEvent(event);
		const { kept, warnings } = withoutReserved(properties, ['$attachments']);
		return {
			record: {
				$insert_id: insertId(messageId),
				$time: Date.parse(event.timestamp),
				event: openNames.has(name) ? name : nameFormat(name),
				env: facts.env,
				distinct_id: event.userId ?? event.anonymousId,
				properties: withAttachments(kept, context),
				...readKeyAndTenant(readAdditionalFields(settings), messageId),
			},
			warnings,
		};
	},
	fromFields(fields, context) {
		const { messageId, nameFormat, facts, settings } = context;
		return {
			record: {
				$insert_id: insertId(messageId),
				event: readName(fields, 'eventName', (name) => (openNames.has(name) ? name : nameFormat(name))),
				env: facts.env,
				distinct_id: readText(fields, 'distinctId'),
				properties: withAttachments(readKeyValues(fields, 'properties'), context),
				...readKeyAndTenant(readAdditionalFields(settings), messageId),
			},
		};
	},
	files: attachedFiles,
	readRecords: readBulkAnswer,
	lane: ({ distinct_id }) => distinct_id,
	request: oneOrMany,
};

/** One key for all events would make SuprSend skip all but the first, and files stay with their items. */
export const sendMany: Operation<SuprSendEvent> = {
	...many(send, 'sendMany'),
	settings: [additionalFields(tenantId)],
};
