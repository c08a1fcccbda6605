import { z } from 'zod/v4';
import { field, operation } from '../../../shared';
import {
	mostUsers,
	resetPreferencesOfUsers,
	updatePreferencesOfUsers,
	userPreferences,
} from '../../endpoints';
import { distinctId, distinctIds } from '../../fields';
import { categories, channelPreferences, forTenant } from '../../preferences/fields';
import { preferencesOf } from '../../preferences/preferences-of';

const resource = 'preference';

export const { get, getMany, update } = preferencesOf(
	{
		name: 'a user',
		endpoints: userPreferences,
		fields: { distinct_id: distinctId },
		eventFields: { distinct_id: { ...distinctId, from: ({ userId }) => userId } },
		orderKey: ({ distinct_id }) => String(distinct_id),
		subject: ({ distinct_id }) => ({ userId: String(distinct_id) }),
	},
	{
		get: { resource, operation: 'get', action: 'Get preferences' },
		getMany: { resource, operation: 'getMany', action: 'Get many preferences' },
		update: { resource, operation: 'update', action: 'Update preferences' },
	},
);

const ofManyUsers = {
	resource,
	inQuery: ['tenant_id'] as const,
	inParts: { of: 'distinct_ids', most: mostUsers } as const,
	result: { schema: z.object({ success: z.boolean() }) },
};

export const updateMany = operation.write({
	...ofManyUsers,
	operation: 'updateMany',
	action: 'Update preferences of many users',
	description: "Make the same changes to several users' preferences",
	endpoint: updatePreferencesOfUsers,
	fields: { distinct_ids: distinctIds, categories, channel_preferences: channelPreferences, ...forTenant },
	form: {
		atLeastOne: {
			of: ['categories', 'channel_preferences'],
			message: 'There is nothing to change: add a category or a channel',
		},
	},
});

const whatToReset = field.choice({
	displayName: 'Reset',
	name: 'reset',
	options: [
		{ name: 'Categories', value: 'categories' },
		{ name: 'Categories and Channels', value: 'both' },
		{ name: 'Channels', value: 'channels' },
	],
	default: 'both',
});

export const resetMany = operation.write({
	...ofManyUsers,
	operation: 'resetMany',
	action: 'Reset preferences of many users',
	description: "Remove several users' choices so that the default preferences apply again",
	endpoint: resetPreferencesOfUsers,
	fields: {
		distinct_ids: distinctIds,
		reset_channel_preferences: {
			properties: whatToReset.properties,
			schema: z.boolean(),
			read: (fields) => fields('reset') !== 'categories',
		},
		reset_categories: {
			properties: [],
			schema: z.boolean(),
			read: (fields) => fields('reset') !== 'channels',
		},
		...forTenant,
	},
});
