import { z } from 'zod/v4';
import { field, operation } from '../../../shared';
import { recordAnswers } from '../../bulk-answer';
import { updateMessages } from '../../endpoints';

export const updateStatus = operation.write({
	resource: 'message',
	operation: 'updateStatus',
	action: 'Update message status',
	description: 'Mark a message, for example as seen, read or archived',
	endpoint: updateMessages,
	fields: {
		message_id: field.text({
			displayName: 'Message ID',
			name: 'messageId',
			placeholder: 'e.g. 01HVXXXXXXXXXXXXXXXXXXXX01',
			missing: "Enter the 'Message ID'",
			identifies: true,
		}),
		action: field.choice({
			displayName: 'Mark As',
			name: 'markAs',
			options: [
				{ name: 'Archived', value: 'archived' },
				{ name: 'Clicked', value: 'clicked' },
				{ name: 'Dismissed', value: 'dismissed' },
				{ name: 'Read', value: 'read' },
				{ name: 'Seen', value: 'seen' },
				{ name: 'Unarchived', value: 'unarchived' },
				{ name: 'Unread', value: 'unread' },
			],
			default: 'seen',
		}),
	},
	request: (_, json) => ({ body: `{"messages":[${json}]}` }),
	bulk: {
		maxRecords: 1000,
		request: (messages) => ({ body: `{"messages":[${messages.join(',')}]}` }),
		readAnswers: recordAnswers,
	},
	orderKey: ({ message_id }) => message_id,
	result: {
		schema: z.looseObject({ message_id: z.string(), status_code: z.number().int(), error: z.unknown() }),
	},
});
