import { z } from 'zod/v4';
import { byCursor, operation } from '../../../shared';
import {
	deleteObject,
	deleteObjects,
	editObject,
	getObject,
	listObjects,
	listParents,
	mostUsers,
	objectPreferences,
	upsertObject,
} from '../../endpoints';
import { ids, objectId, objectType } from '../../fields';
import { preferencesOf } from '../../preferences/preferences-of';
import { operations } from '../../users/operation-fields';
import { addUp } from '../../users/operations';
import { profile, profileBody } from '../../users/profile-fields';

export const objectSchema = z.looseObject({
	object_type: z.string(),
	id: z.string(),
	subscriptions_count: z.number().int(),
	properties: z.record(z.string(), z.unknown()),
	created_at: z.string(),
	updated_at: z.string(),
});

/** What most workflows need. An object can have six more channels. */
const simplified = [
	...['object_type', 'id', 'properties', 'subscriptions_count', '$email', '$sms', '$whatsapp', '$slack'],
	...['created_at', 'updated_at'],
];

/** SuprSend documents no maximum. */
const objectsPerPage = 100;

const resource = 'object';
const object = { object_type: objectType, id: objectId };

/** Objects of different types may have the same ID. */
const orderKey = ({ object_type, id }: { object_type?: unknown; id?: unknown }) =>
	JSON.stringify([object_type, id]);

export const upsert = operation.write({
	resource,
	operation: 'upsert',
	action: 'Create or update object',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	endpoint: upsertObject,
	fields: { ...object, profile },
	request: ({ profile: given, ...params }) => ({ params, body: profileBody(given) }),
	orderKey,
	result: { schema: objectSchema },
});

export const edit = operation.write({
	resource,
	operation: 'edit',
	action: 'Edit object',
	description: 'Change individual properties and channels of an object',
	endpoint: editObject,
	fields: { ...object, operations },
	resend: ({ operations: given }) => (addUp(given) ? 'never' : 'safe'),
	orderKey,
	result: { schema: objectSchema },
});

export const get = operation.get({
	resource,
	operation: 'get',
	action: 'Get object',
	description: 'Get the properties and channels of an object',
	endpoint: getObject,
	fields: object,
	schema: objectSchema,
	simplified,
});

export const getMany = operation.list({
	resource,
	operation: 'getMany',
	action: 'Get many objects',
	description: 'Get the objects of a type',
	endpoint: listObjects,
	fields: { object_type: objectType },
	paging: byCursor(objectsPerPage),
	schema: objectSchema,
	simplified,
});

export const deleteOne = operation.remove({
	resource,
	operation: 'delete',
	action: 'Delete object',
	description: 'Permanently delete an object',
	endpoint: deleteObject,
	fields: object,
});

export const deleteMany = operation.remove({
	resource,
	operation: 'deleteMany',
	action: 'Delete many objects',
	description: 'Permanently delete several objects by their IDs',
	endpoint: deleteObjects,
	fields: {
		object_type: objectType,
		object_ids: ids({ displayName: 'Object IDs', name: 'objectIds', placeholder: 'e.g. finance, sales' }),
	},
	inParts: { of: 'object_ids', most: mostUsers },
});

export const getParents = operation.list({
	resource,
	operation: 'getParents',
	action: 'Get parents of object',
	description: 'Get the objects that an object subscribes to',
	endpoint: listParents,
	fields: object,
	paging: byCursor(objectsPerPage),
	schema: z.looseObject({ object: objectSchema, properties: z.record(z.string(), z.unknown()) }),
});

export const {
	get: getPreferences,
	getMany: getManyPreferences,
	update: updatePreferences,
} = preferencesOf(
	{ name: 'an object', endpoints: objectPreferences, fields: object, orderKey },
	{
		get: { resource, operation: 'getPreferences', action: 'Get preferences of object' },
		getMany: { resource, operation: 'getManyPreferences', action: 'Get many preferences of object' },
		update: { resource, operation: 'updatePreferences', action: 'Update preferences of object' },
	},
);
