import { z } from 'zod/v4';
import { byCursor, field, operation } from '../../../shared';
import { listMessages } from '../../endpoints';
import { filterIds } from '../../fields';
import { channelChoices } from '../../users/channel-fields';

const statuses = [
	{ name: 'Archived', value: 'archived' },
	{ name: 'Clicked', value: 'clicked' },
	{ name: 'Delivered', value: 'delivered' },
	{ name: 'Delivery Failed', value: 'delivery_failed' },
	{ name: 'Dismissed', value: 'dismissed' },
	{ name: 'Read', value: 'read' },
	{ name: 'Seen', value: 'seen' },
	{ name: 'Triggered', value: 'triggered' },
	{ name: 'Unread', value: 'unread' },
];

const textFilter = (displayName: string, name: string, placeholder: string, description: string) =>
	field.text({
		...{ displayName, name, placeholder, description },
		schema: field.filled(`Enter the '${displayName}', or remove the filter`),
	});

const filters = field.collection(
	{ displayName: 'Filters', name: 'filters', placeholder: 'Add filter' },
	{
		'category[]': filterIds({
			displayName: 'Categories',
			name: 'categories',
			placeholder: 'e.g. transactional',
		}),
		channel: field.choice({
			displayName: 'Channel',
			name: 'channel',
			options: channelChoices.map(({ name, value }) => ({ name, value: String(value) })),
			default: 'email',
		}),
		created_at_gte: field.dateTime({ displayName: 'Created After', name: 'createdAfter' }),
		created_at_lte: field.dateTime({ displayName: 'Created Before', name: 'createdBefore' }),
		execution_id: textFilter(
			'Execution ID',
			'executionId',
			'e.g. exec_01HV',
			'The execution ID of a workflow or a broadcast',
		),
		idempotency_key: textFilter(
			'Idempotency Key',
			'idempotencyKey',
			'e.g. {{ $json.idempotencyKey }}',
			'The idempotency key with which the workflow was triggered. The results of Event: Send and Workflow: Trigger contain this key.',
		),
		is_campaign: field.flag({
			displayName: 'Broadcasts Only',
			name: 'broadcastsOnly',
			default: true,
			description: 'Whether to return only messages from broadcasts',
		}),
		message_id: textFilter(
			'Message ID',
			'messageId',
			'e.g. 01HVXXXXXXXXXXXXXXXXXXXX01',
			'The ID of a single message',
		),
		object_id: textFilter(
			'Object ID',
			'objectId',
			'e.g. finance',
			'The ID of the object that received the messages. Also add Object Type.',
		),
		object_type: textFilter(
			'Object Type',
			'objectType',
			'e.g. teams',
			'The type of the object that received the messages. Also add Object ID.',
		),
		'recipient_id[]': filterIds({
			displayName: 'Recipients',
			name: 'recipients',
			placeholder: 'e.g. user-42, user-43',
		}),
		'status[]': field.choices({
			displayName: 'Status',
			name: 'status',
			options: statuses,
			values: statuses.map(({ value }) => value),
			whenEmpty: 'rejected',
			description: 'The statuses of the messages to return',
		}),
		tenant_id: textFilter(
			'Tenant ID',
			'tenantId',
			'e.g. acme',
			'The tenant on whose behalf the message was sent',
		),
		workflow_slug: textFilter(
			'Workflow Slug',
			'workflowSlug',
			'e.g. order-shipped',
			'The workflow that sent the message',
		),
	},
);

/** What most workflows need of the more than 20 fields. */
const simplified = [
	...['message_id', 'status', 'channel', 'recipient', 'failure_reason', 'idempotency_key', 'execution_id'],
	...['created_at', 'delivered_at', 'seen_at'],
];

export const getMany = operation.list({
	resource: 'message',
	operation: 'getMany',
	action: 'Get many messages',
	description: 'Get messages and their statuses, newest first',
	endpoint: listMessages,
	fields: filters,
	paging: byCursor(1000),
	schema: z.looseObject({
		message_id: z.string(),
		status: z.string(),
		channel: z.string(),
		recipient: z.looseObject({ $type: z.string(), distinct_id: z.string().nullable() }),
		failure_reason: z.string().nullable(),
		idempotency_key: z.string().nullable(),
		execution_id: z.string().nullable(),
		created_at: z.string(),
		delivered_at: z.string().nullable(),
		seen_at: z.string().nullable(),
	}),
	simplified,
});
