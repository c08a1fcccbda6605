import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { byCursor, field, isGiven, onlyAccepts, operation, type Field } from '../../../shared';
import { addSubscriptions, listSubscriptions, removeSubscriptions } from '../../endpoints';
import { objectId, objectType } from '../../fields';
import { readRecipients, recipientFields } from '../../recipients/recipient-fields';
import { recipientsSchema } from '../../recipients/recipients';

const resource = 'object';

const orderKey = ({ object_type, id }: { object_type: string; id: string }) =>
	JSON.stringify([object_type, id]);

const subscriptionSchema = z.looseObject({
	properties: z.record(z.string(), z.unknown()),
	user: z.looseObject({ distinct_id: z.string() }).nullable(),
	object: z.looseObject({ id: z.string(), object_type: z.string() }).nullable(),
	created_at: z.string(),
});

const recipients: Field<unknown[]> = {
	name: 'recipients',
	properties: recipientFields,
	schema: recipientsSchema,
	read: readRecipients,
};

/** The type of the objects that groups are. Events don't have one. */
export const groupObjectType: INodeProperties = {
	displayName: 'Object Type of Groups',
	name: 'groupObjectType',
	type: 'string',
	default: 'organizations',
	placeholder: 'e.g. organizations',
	description: 'The object type that your groups have in SuprSend',
	displayOptions: { hide: { '/mappingMode': ['defineBelow'] } },
};

export const addSubscription = operation.write({
	resource,
	operation: 'addSubscription',
	action: 'Add subscribers to object',
	description: 'Subscribe users to an object, so that workflows for the object notify them',
	endpoint: addSubscriptions,
	fields: {
		object_type: {
			...objectType,
			from: (_, { options }) => options[groupObjectType.name] ?? groupObjectType.default,
		},
		id: { ...objectId, from: ({ groupId }) => groupId },
		recipients: {
			...recipients,
			from: ({ userId, anonymousId }) => [userId ?? anonymousId].filter(isGiven),
		},
		properties: field.keyValues({
			displayName: 'Properties',
			name: 'properties',
			description: "Details of the subscription, such as the user's role",
			example: '{"role": "manager"}',
			wrong: 'Properties must be an object, e.g. {"role": "manager"}',
			from: () => ({}),
		}),
	},
	form: { skips: onlyAccepts('Add Subscription', 'group') },
	options: [{ property: groupObjectType }],
	orderKey,
	result: { schema: z.object({ results: z.array(subscriptionSchema) }) },
});

export const getSubscriptions = operation.list({
	resource,
	operation: 'getSubscriptions',
	action: 'Get subscribers of object',
	description: 'Get the users and objects that subscribe to an object',
	endpoint: listSubscriptions,
	fields: { object_type: objectType, id: objectId },
	paging: byCursor(100),
	schema: subscriptionSchema,
});

/** The reference also shows the IDs in the query. SuprSend's SDKs send the body alone. */
export const removeSubscription = operation.write({
	resource,
	operation: 'removeSubscription',
	action: 'Remove subscribers from object',
	description: 'Unsubscribe users from an object',
	endpoint: removeSubscriptions,
	fields: { object_type: objectType, id: objectId, recipients },
	orderKey,
});
