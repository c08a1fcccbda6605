import { z } from 'zod/v4';
import { field, operation } from '../../../shared';
import {
	idempotencyKey,
	idempotencyKeySchema,
	readKeyAndTenant,
	tenantId,
	tenantIdSchema,
} from '../../additional-fields';
import { requestBytes, sendBroadcast } from '../../endpoints';
import { categoryGuide, channels, list, template } from '../../fields';

const noWorkspace =
	"Enter the 'Workspace Key' in the SuprSend credential: broadcasts require this key, even if you use an API key";

/** Fields whose values the engine completes, such as a key of the record's own. */
const additional = { displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add field' };

const details = field.collection(additional, {
	channels: channels({
		whenEmpty: 'rejected',
		displayName: 'Channels',
		name: 'channels',
		description: "Which of the template's channels to use. Remove the field to use all of them.",
	}),
	delay: field.text({
		displayName: 'Delay',
		name: 'delay',
		placeholder: 'e.g. 1d2h30m10s',
		description: 'How long to wait before sending, in seconds or in a format such as 1d2h30m10s',
		schema: z
			.string("Enter the 'Delay', or remove the field")
			.regex(
				/^(?=.)(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?$|^\d+$/,
				"Enter the 'Delay' in a format such as 1d2h30m10s, or in seconds, e.g. 90",
			)
			.optional(),
	}),
	trigger_at: field.dateTime({
		displayName: 'Send At',
		name: 'triggerAt',
		description:
			"When to send the broadcast, in the workflow's time zone unless the value contains a time zone",
	}),
	tenant_id: {
		name: 'tenantId',
		properties: [tenantId],
		schema: tenantIdSchema,
		read: (fields) => fields('tenantId'),
	},
	$idempotency_key: {
		name: 'idempotencyKey',
		properties: [idempotencyKey],
		schema: idempotencyKeySchema,
		read: (fields, { messageId }) =>
			readKeyAndTenant({ idempotencyKey: fields('idempotencyKey') }, messageId).$idempotency_key,
	},
});

export const send = operation.write({
	resource: 'broadcast',
	operation: 'send',
	action: 'Send broadcast',
	description: 'Notify all users on a list. The node sends a separate broadcast for each input item.',
	endpoint: sendBroadcast,
	fields: {
		workspace_key: field.computed(
			z.string(noWorkspace).min(1, noWorkspace),
			({ account }) => account.workspaceKey,
		),
		list_id: list,
		template,
		notification_category: field.text({
			displayName: 'Category',
			name: 'category',
			placeholder: 'e.g. newsletter',
			description: `The slug of the notification category ${categoryGuide}`,
			missing: "Enter the 'Category'",
		}),
		data: field.keyValues({
			displayName: 'Data',
			name: 'data',
			description: 'Values that the template can use',
			example: '{"month": "June"}',
			wrong: 'Data must be an object, e.g. {"month": "June"}',
		}),
		...details,
	},
	form: { maxBytes: requestBytes },
	// Whether the key prevents a second broadcast isn't documented.
	resend: 'ifAsked',
	orderKey: ({ list_id }) => list_id,
});
