import { z } from 'zod/v4';
import { readName, readText, type Operation } from '../../../shared/delivery';
import { keyValueFields, readKeyValues } from '../../../shared/descriptions';
import { asNamedEvent, text } from '../../../shared/event';
import { readBulkAnswer } from '../../bulk-answer';

/** Names that start like SuprSend's own and are still free to use. */
const openNames = new Set([
	...['$identify', '$notification_delivered', '$notification_dismiss', '$notification_clicked'],
	...['$app_launched', '$user_login', '$user_logout'],
]);
const reserved = /^(?:\$|ss_)/i;
const earliestTime = Date.UTC(2022, 0);

const noDistinctId = 'SuprSend files events under a distinct ID; this item names nobody';

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
		.min(2, 'The event name needs at least 2 characters')
		.refine(
			(name) => openNames.has(name) || !reserved.test(name),
			'Event names starting with $ or ss_ are reserved by SuprSend',
		),
	env: z.string().optional(),
	distinct_id: z.string(noDistinctId).trim().min(1, noDistinctId),
	properties: z
		.record(z.string(), z.unknown(), 'Properties must be an object, e.g. {"amount": 10}')
		.superRefine((properties, context) => {
			for (const key of Object.keys(properties)) {
				if (!reserved.test(key) || key === '$attachments') continue;
				context.addIssue({
					code: 'custom',
					path: [key],
					message: 'Property names starting with $ or ss_ are reserved by SuprSend',
				});
			}
		}),
	$idempotency_key: z
		.string()
		.trim()
		.max(255, 'The idempotency key can have at most 255 characters')
		.optional(),
	tenant_id: z.string().trim().max(64, 'The tenant ID can have at most 64 characters').optional(),
});

type SuprSendEvent = z.infer<typeof eventSchema>;

export const send: Operation<SuprSendEvent> = {
	resource: 'event',
	operation: 'send',
	endpoint: { method: 'POST', path: '/event/', source: 'https://docs.suprsend.com/reference/trigger-event' },
	reports: 'each',
	fields: [
		{
			displayName: 'Distinct ID',
			name: 'distinctId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. user-42',
			description: 'The distinct ID of the user who performed the event',
		},
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
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
				{
					displayName: 'Idempotency Key',
					name: 'idempotencyKey',
					type: 'string',
					default: '',
					placeholder: 'e.g. user147-new-comment-1687437670',
					description:
						'SuprSend skips an event whose key it has seen within 24 hours. Leave empty for a key that stays the same when the node tries again.',
				},
				{
					displayName: 'Tenant ID',
					name: 'tenantId',
					type: 'string',
					default: '',
					placeholder: 'e.g. acme',
					description: 'The tenant on whose behalf to notify',
				},
			],
		},
	],
	schema: eventSchema,
	limits: { records: 100, requestBytes: 800 * 1024, recordBytes: 100 * 1024 },
	// Every event carries an idempotency key, which SuprSend honours for 24 hours.
	repeating: 'harmless',
	fromEvent(event, { messageId, nameFormat, facts }) {
		const { name, properties } = asNamedEvent(event);
		return {
			record: {
				$insert_id: messageId,
				$time: Date.parse(event.timestamp),
				event: openNames.has(name) ? name : nameFormat(name),
				env: facts.env,
				distinct_id: event.userId ?? event.anonymousId,
				properties,
				$idempotency_key: messageId,
			},
		};
	},
	fromFields(fields, { messageId, nameFormat, facts }) {
		const { idempotencyKey, tenantId } = fields('additionalFields') as Record<string, unknown>;
		const tenant = text(tenantId);
		return {
			record: {
				$insert_id: messageId,
				event: readName(fields, 'eventName', (name) => (openNames.has(name) ? name : nameFormat(name))),
				env: facts.env,
				distinct_id: readText(fields, 'distinctId'),
				properties: readKeyValues(fields, 'properties'),
				$idempotency_key: text(idempotencyKey) ?? messageId,
				...(tenant === undefined ? {} : { tenant_id: tenant }),
			},
		};
	},
	readRecords: readBulkAnswer,
	lane: ({ distinct_id }) => distinct_id,
	request(batch) {
		const list = batch.map(({ json }) => json).join(',');
		// One event as an object: the only form that the documentation shows for API keys.
		return { body: batch.length === 1 ? list : `[${list}]` };
	},
};
