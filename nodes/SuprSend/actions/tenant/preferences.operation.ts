import { z } from 'zod/v4';
import { byOffset, field, isObject, operation } from '../../../shared';
import { tenantPreferences } from '../../endpoints';
import { category, channels, tenant } from '../../fields';
import { inLocale } from '../../preferences/fields';

const defaultSchema = z.looseObject({
	category: z.string(),
	name: z.string(),
	preference: z.string().nullable(),
	default_preference: z.string(),
});

const scope = field.choice({
	displayName: 'Preferences',
	name: 'scope',
	options: [
		{ name: 'All', value: 'all' },
		{ name: 'One Category', value: 'category' },
	],
	default: 'all',
	description: 'Which preferences to get',
});

export const getPreferences = operation.get({
	resource: 'tenant',
	operation: 'getPreferences',
	action: 'Get preferences of tenant',
	description: "Get the notifications that a tenant's users receive by default",
	endpoint: tenantPreferences.get,
	chosen: { by: 'scope', endpoints: { category: tenantPreferences.getCategory } },
	fields: {
		tenant_id: tenant,
		scope,
		category: field.shownFor(category, 'scope', ['category']),
		...inLocale,
	},
});

export const getManyPreferences = operation.list({
	resource: 'tenant',
	operation: 'getManyPreferences',
	action: 'Get many preferences of tenant',
	description: "Get a tenant's default preference for each category",
	endpoint: tenantPreferences.list,
	fields: { tenant_id: tenant, ...inLocale },
	paging: byOffset(100, (entry) => isObject(entry) && entry.category),
	schema: defaultSchema,
	simplified: [
		...['category', 'name', 'preference', 'default_preference', 'visible_to_subscriber'],
		...['mandatory_channels', 'opt_in_channels', 'blocked_channels'],
	],
});

export const updatePreference = operation.write({
	resource: 'tenant',
	operation: 'updatePreference',
	action: 'Update preference of tenant',
	description: "Change a tenant's default preference for a category",
	endpoint: tenantPreferences.updateCategory,
	fields: {
		tenant_id: tenant,
		category,
		preference: field.choice({
			displayName: 'Preference',
			name: 'preference',
			options: [
				{ name: 'Cannot Unsubscribe', value: 'cant_unsubscribe' },
				{ name: 'Opt In', value: 'opt_in' },
				{ name: 'Opt Out', value: 'opt_out' },
			],
			default: 'opt_in',
			description: 'Whether users receive notifications in this category unless they choose otherwise',
		}),
		...field.collection(
			{ displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add field' },
			{
				visible_to_subscriber: field.flag({
					displayName: 'Visible to Users',
					name: 'visibleToSubscriber',
					default: true,
					description: 'Whether users see the category on their preference page',
				}),
				mandatory_channels: channels({
					whenEmpty: 'sent',
					displayName: 'Mandatory Channels',
					name: 'mandatoryChannels',
					description: "Channels that users can't turn off",
				}),
				opt_in_channels: channels({
					whenEmpty: 'sent',
					displayName: 'Opt-In Channels',
					name: 'optInChannels',
					description: 'Channels that are turned on by default',
				}),
				blocked_channels: channels({
					whenEmpty: 'sent',
					displayName: 'Blocked Channels',
					name: 'blockedChannels',
					description: 'Channels that are never used for this category',
				}),
			},
		),
	},
	orderKey: ({ tenant_id }) => tenant_id,
	result: { schema: defaultSchema },
});
