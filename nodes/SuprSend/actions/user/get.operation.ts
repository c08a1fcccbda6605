import { z } from 'zod/v4';
import { byCursor, operation } from '../../../shared';
import { getUser, listListsOfUser, listObjectsOfUser, listTenantsOfUser, listUsers } from '../../endpoints';
import { distinctId } from '../../fields';
import { userAnswerSchema } from '../../users/profile';

/** What most workflows need. A user can have six more channels. */
const simplified = ['distinct_id', 'properties', '$email', '$sms', '$whatsapp', 'created_at', 'updated_at'];

/** What the reads of one user have in common. */
const ofOneUser = {
	resource: 'user',
	fields: { distinct_id: distinctId },
	subject: ({ distinct_id }: { distinct_id: string }) => ({ userId: distinct_id }),
};

/** SuprSend documents no maximum. */
const usersPerPage = 100;

export const get = operation.get({
	...ofOneUser,
	operation: 'get',
	action: 'Get user',
	description: "Get a user's properties and channels",
	endpoint: getUser,
	schema: userAnswerSchema,
	simplified,
});

export const getMany = operation.list({
	resource: 'user',
	operation: 'getMany',
	action: 'Get many users',
	description: 'Get the users in the workspace, with their properties',
	endpoint: listUsers,
	fields: {},
	paging: byCursor(usersPerPage),
	schema: userAnswerSchema,
});

export const getLists = operation.list({
	...ofOneUser,
	operation: 'getLists',
	action: 'Get lists of user',
	description: 'Get the lists that a user is on',
	endpoint: listListsOfUser,
	paging: byCursor(usersPerPage),
	schema: z.looseObject({ list: z.looseObject({ list_id: z.string() }), created_at: z.string() }),
});

export const getObjects = operation.list({
	...ofOneUser,
	operation: 'getObjects',
	action: 'Get objects of user',
	description: 'Get the objects that a user subscribes to',
	endpoint: listObjectsOfUser,
	paging: byCursor(usersPerPage),
	schema: z.looseObject({
		properties: z.record(z.string(), z.unknown()),
		object: z.looseObject({ id: z.string(), object_type: z.string() }),
		created_at: z.string(),
	}),
});

/** SuprSend's SDK shows the request, but neither the response nor any parameters. */
export const getTenants = operation.list({
	...ofOneUser,
	operation: 'getTenants',
	action: 'Get tenants of user',
	description: 'Get the tenants that a user belongs to',
	endpoint: listTenantsOfUser,
	paging: byCursor(),
});
