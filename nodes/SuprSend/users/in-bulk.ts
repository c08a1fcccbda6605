import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import type { MappingContext, Operation } from '../../shared/delivery';
import { oneOrMany, postUserEdits, requestBytes } from '../endpoints';
import { distinctIdSchema } from '../ids';
import { insertId } from '../insert-id';
import { operationsSchema } from './operations';

/**
 * A user's edit as it travels with others. No reference shows this form, so it is the SDK's to the letter
 * (`get_async_payload` in src/user_edit.js), but for the SDK's own name among the properties.
 */
const userEditSchema = z.object({
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
	{ messageId, facts }: MappingContext,
	edit: { distinctId: unknown; operations: unknown; time: number },
): { [K in keyof UserEdit]?: unknown } {
	return {
		$schema: '2',
		$insert_id: insertId(messageId),
		$time: edit.time,
		env: facts.env,
		distinct_id: edit.distinctId,
		$user_operations: edit.operations,
		properties: {},
	};
}

export const sendInBulk: INodeProperties = {
	displayName: 'Send in Bulk',
	name: 'sendInBulk',
	type: 'boolean',
	default: false,
	description:
		'Whether to put up to 400 users in one request. SuprSend then answers before it has made the changes, and does not say what became of each user.',
};

/** Many edits in one request. Limits: src/constants.js of the SDK. */
export const inBulk = {
	endpoint: postUserEdits,
	schema: userEditSchema,
	limits: { records: 400, requestBytes, recordBytes: 10 * 1024 },
	lane: ({ distinct_id }: UserEdit) => distinct_id,
	request: oneOrMany,
} satisfies Partial<Operation<UserEdit>>;
