import { z } from 'zod/v4';
import { readText, record, type Field, type Operation, type RecordOf } from '../../../shared';
import { addSubscribers, removeSubscribers } from '../../endpoints';
import { listLocator, listPathSchema, readIds } from '../../ids';

const list: Field<string> = {
	name: 'listId',
	properties: [listLocator],
	schema: listPathSchema,
	read: (fields) => readText(fields, 'listId'),
};

const distinctIds: Field<string[]> = {
	name: 'distinctIds',
	identifies: true,
	properties: [
		{
			displayName: 'Distinct IDs',
			name: 'distinctIds',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. user-42, user-43',
			description:
				'One or more, with commas in between, or a list from an expression or as JSON. A list travels as it is; its IDs may hold commas.',
		},
	],
	schema: z
		.array(
			z.string('A distinct ID is text').min(1, 'A distinct ID is empty'),
			'Distinct IDs are a list, e.g. ["user-42"], or text with commas in between',
		)
		.min(1, 'Enter at least one distinct ID'),
	read: (fields) => readIds(fields('distinctIds')),
};

const change = record({ list_id: list, distinct_ids: distinctIds });

/** Adding and removing make the same request to different endpoints. Repeating either has no further effect. */
const changeUsers = (
	what: Pick<Operation, 'operation' | 'action' | 'description' | 'endpoint'>,
): Operation<RecordOf<typeof change>> => ({
	...what,
	resource: 'list',
	record: change,
	request: ({ list_id, ...body }) => ({ params: { list_id }, body: JSON.stringify(body) }),
	resend: 'safe',
	result: { schema: z.object({ success: z.boolean(), affected_count: z.number().int().optional() }) },
});

export const addUsers = changeUsers({
	operation: 'addUsers',
	action: 'Add users to list',
	description: 'Make users members of a list, so that broadcasts to it reach them',
	endpoint: addSubscribers,
});
export const removeUsers = changeUsers({
	operation: 'removeUsers',
	action: 'Remove users from list',
	description: 'Take users out of a list',
	endpoint: removeSubscribers,
});
