import { z } from 'zod/v4';
import type { MappedRecord, MappingContext, Operation, OperationOption } from '../../shared';
import { listOfRecords, oneRecord, postUserEdits, requestBytes } from '../endpoints';
import { distinctIdSchema } from '../ids';
import { insertId } from '../insert-id';
import { operationsSchema } from './operations';

/**
 * An edit of a user within a bulk request. No reference shows it, so it copies the SDK exactly
 * (`get_async_payload` in src/user_edit.js), except for the SDK's name among the properties.
 */
export const userEditSchema = z.object({
	$schema: z.literal('2'),
	$insert_id: z.string(),
	$time: z.number().int(),
	env: z.string().optional(),
	distinct_id: distinctIdSchema,
	$user_operations: operationsSchema,
	properties: z.object({}),
});

export type UserEdit = z.infer<typeof userEditSchema>;

export function userEdit(
	{ messageId, account }: MappingContext,
	distinctId: unknown,
	time: number,
): MappedRecord<Omit<UserEdit, '$user_operations'>> {
	return {
		$schema: '2',
		$insert_id: insertId(messageId),
		$time: time,
		env: account.env,
		distinct_id: distinctId,
		properties: {},
	};
}

/** The option that runs the bulk operation instead. */
export function sendInBulk(operation: Operation): OperationOption {
	return {
		property: {
			displayName: 'Send in Bulk',
			name: 'sendInBulk',
			type: 'boolean',
			default: false,
			description:
				"Whether to send up to 400 users in one request. SuprSend then responds before it makes the changes and doesn't report a result for each user.",
		},
		whenOn: operation,
	};
}

/** src/constants.js of the SDK. */
export const userEditBytes = 10 * 1024;

/** What operations that send up to 400 edits in one request have in common. Limits: src/constants.js of the SDK. */
export const inBulk = {
	endpoint: postUserEdits,
	request: oneRecord,
	bulk: { maxRecords: 400, maxBytes: requestBytes, request: listOfRecords },
	orderKey: ({ distinct_id }: UserEdit) => distinct_id,
	subject: ({ distinct_id }: UserEdit) => ({ userId: distinct_id }),
} satisfies Partial<Operation<UserEdit>>;
