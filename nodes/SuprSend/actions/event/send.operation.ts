import { z } from 'zod/v4';
import {
	asNamedEvent,
	asSummary,
	characters,
	keyValueFields,
	manyEvents,
	readKeyValues,
	readName,
	readText,
	updatesThePerson,
	type MappingContext,
	type Operation,
} from '../../../shared';
import {
	additionalFields,
	forEachItem,
	idempotencyKey,
	idempotencyKeySchema,
	readAdditionalFields,
	readKeyAndTenant,
	tenantId,
	tenantIdSchema,
} from '../../additional-fields';
import { attachedFiles, attachments, attachmentsSchema, withAttachments } from '../../attachments';
import { readBulkAnswer } from '../../bulk-answer';
import { listOfRecords, oneRecord, postEvents, requestBytes } from '../../endpoints';
import { distinctIdField, distinctIdSchema } from '../../ids';
import { insertId } from '../../insert-id';
import { freeNames, isReserved, withoutReserved } from '../../reserved-names';
import { phoneChannels } from '../../users/phone-channels';
import { addSubscription, groupObjectType } from '../object/subscriptions.operation';
import { identify } from '../user/identify.operation';
import { merge } from '../user/merge.operation';

/** Names with a reserved prefix that are allowed. */
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
		.min(earliestTime, "SuprSend doesn't accept events that occurred before 2022")
		.optional(),
	event: z
		.string('The event needs a name')
		.trim()
		.refine((name) => characters(name) >= 2, 'The event name needs at least 2 characters')
		.refine(
			(name) => openNames.has(name) || !isReserved(name),
			'SuprSend reserves event names that start with $ or ss_',
		),
	env: z.string().optional(),
	distinct_id: distinctIdSchema,
	properties: freeNames('Properties', { $attachments: attachmentsSchema }),
	$idempotency_key: idempotencyKeySchema,
	tenant_id: tenantIdSchema,
});

type SuprSendEvent = z.infer<typeof eventSchema>;

const shownName = {
	displayName: 'Event Name',
	name: 'eventName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. product_purchased',
	description: 'The name of the event, exactly as in the trigger of your SuprSend workflow',
} as const;

/** Only needed for group events that become subscriptions. */
const objectTypeIfChosen = {
	...groupObjectType,
	displayOptions: { show: { groupEvents: ['subscribe'] } },
};

export const send: Operation<SuprSendEvent> = {
	resource: 'event',
	operation: 'send',
	action: 'Send event',
	description: 'Send an event for a known user and start the SuprSend workflows that the event triggers',
	endpoint: postEvents,
	record: {
		settings: [additionalFields(attachments, idempotencyKey, tenantId)],
		properties: [
			distinctIdField,
			shownName,
			...keyValueFields({
				name: 'properties',
				displayName: 'Properties',
				description: "Values that your SuprSend workflow's templates can use",
				example: '{"amount": 10, "currency": "USD"}',
			}),
		],
		schema: eventSchema,
		parameterNames: { event: 'eventName' },
		idsIn: ({ distinct_id, tenant_id }) => ({ distinct_id, tenant_id }),
		// "A single event instance size (including attachment) must not exceed 100KB (100 x 1024 bytes)."
		maxBytes: 100 * 1024,
		fromEvent(event, context) {
			const { name, properties } = asNamedEvent(event);
			return {
				$insert_id: insertId(context.messageId),
				$time: Date.parse(event.timestamp),
				event: nameOf(name, context),
				env: context.account.env,
				distinct_id: event.userId ?? event.anonymousId,
				properties: withAttachments(withoutReserved(properties, ['$attachments'], context), context),
				...readKeyAndTenant(readAdditionalFields(context.settings), context.messageId),
			};
		},
		fromFields: (fields, context) => ({
			$insert_id: insertId(context.messageId),
			event: readName(fields, 'eventName', (name) => nameOf(name, context)),
			env: context.account.env,
			distinct_id: readText(fields, 'distinctId'),
			properties: withAttachments(readKeyValues(fields, 'properties'), context),
			...readKeyAndTenant(readAdditionalFields(context.settings), context.messageId),
		}),
		files: attachedFiles,
	},
	request: oneRecord,
	bulk: { maxRecords: 100, maxBytes: requestBytes, request: listOfRecords, readAnswers: readBulkAnswer },
	// Every event has an idempotency key, which SuprSend honors for 24 hours.
	resend: 'safe',
	// A retry by the sender has a new ID, and a time that is corrected by another clock difference.
	idempotency: (record) => ({
		key: record.$idempotency_key,
		content: JSON.stringify({
			...record,
			$idempotency_key: undefined,
			$insert_id: undefined,
			$time: undefined,
		}),
	}),
	orderKey: ({ distinct_id }) => distinct_id,
	subject: ({ distinct_id, event, $idempotency_key: idempotencyKey }) => ({
		userId: distinct_id,
		event,
		idempotencyKey,
	}),
	// Not in bulk: SuprSend answers bulk requests before it knows the users, and drops events of unknown ones.
	eventChoices: {
		...updatesThePerson({ ...identify, options: [{ property: phoneChannels }] }),
		alias: [
			{
				name: 'Merge the Users',
				value: 'merge',
				description: "Move the previous ID's profile to the user, and permanently delete the previous ID",
				operation: merge,
			},
		],
		group: [
			{
				name: 'Subscribe to the Object',
				value: 'subscribe',
				description: 'Subscribe the user to the object that represents the group',
				operation: { ...addSubscription, options: [{ property: objectTypeIfChosen }] },
			},
		],
	},
};

/** With one key for all events, SuprSend would skip all but the first. */
export const sendMany = asSummary(send, manyEvents, [
	additionalFields(forEachItem(attachments), forEachItem(idempotencyKey), tenantId),
]);

function nameOf(name: string, { nameFormat }: Pick<MappingContext, 'nameFormat'>): string {
	return openNames.has(name) ? name : nameFormat(name);
}
