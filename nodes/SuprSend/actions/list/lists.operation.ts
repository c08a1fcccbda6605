import { z } from 'zod/v4';
import { byCursor, byOffset, field, isObject, operation } from '../../../shared';
import { deleteList, getList, listLists, listSubscribers, upsertList } from '../../endpoints';
import { list } from '../../fields';
import { listPathSchema } from '../../ids';

const listSchema = z.looseObject({
	list_id: z.string(),
	list_name: z.string(),
	list_description: z.string(),
	subscribers_count: z.number().int(),
	status: z.string(),
	created_at: z.string(),
	updated_at: z.string(),
});

/** What most workflows need of the 14 fields. */
const simplified = [
	...['list_id', 'list_name', 'list_description', 'list_type', 'subscribers_count', 'status'],
	...['created_at', 'updated_at'],
];

const details = field.collection(
	{ displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add field' },
	{
		list_description: field.text({
			displayName: 'Description',
			name: 'listDescription',
			placeholder: 'e.g. Subscribers of the newsletter',
			wrong: 'The description must be text',
		}),
	},
);

export const upsert = operation.write({
	resource: 'list',
	operation: 'upsert',
	action: 'Create or update list',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	endpoint: upsertList,
	fields: {
		list_id: field.text({
			displayName: 'List ID',
			name: 'newListId',
			placeholder: 'e.g. newsletter',
			description: 'Your own ID for the list. SuprSend converts the ID to lowercase.',
			schema: listPathSchema,
			identifies: true,
		}),
		list_name: field.text({
			displayName: 'Name',
			name: 'listName',
			placeholder: 'e.g. Newsletter',
			wrong: 'The name must be text',
		}),
		...details,
	},
	orderKey: ({ list_id }) => list_id.toLowerCase(),
	result: { schema: listSchema },
});

export const get = operation.get({
	resource: 'list',
	operation: 'get',
	action: 'Get list',
	description: "Get a list's name, size and status",
	endpoint: getList,
	fields: { list_id: list },
	schema: listSchema,
	simplified,
});

export const getMany = operation.list({
	resource: 'list',
	operation: 'getMany',
	action: 'Get many lists',
	description: 'Get the lists in the workspace',
	endpoint: listLists,
	fields: {},
	paging: byOffset(1000, (entry) => isObject(entry) && entry.list_id),
	schema: listSchema,
	simplified,
});

export const getUsers = operation.list({
	resource: 'list',
	operation: 'getUsers',
	action: 'Get users of list',
	description: 'Get the distinct IDs of the users on a list, newest first by default',
	endpoint: listSubscribers,
	fields: {
		list_id: list,
		...field.collection(
			{ displayName: 'Sort', name: 'sort', placeholder: 'Add sorting' },
			{
				sort: field.choice({
					displayName: 'Direction',
					name: 'direction',
					options: [
						{ name: 'Newest First', value: '-id' },
						{ name: 'Oldest First', value: 'id' },
					],
					default: '-id',
				}),
			},
		),
	},
	paging: byCursor(100),
	schema: z.looseObject({ id: z.string(), distinct_id: z.string(), created_at: z.string() }),
});

export const deleteOne = operation.remove({
	resource: 'list',
	operation: 'delete',
	action: 'Delete list',
	description: 'Permanently delete a list, but keep the users on it',
	endpoint: deleteList,
	fields: { list_id: list },
});
