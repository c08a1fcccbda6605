import { get } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { entriesOf, field, isObject, text, type CanonicalEvent, type Field } from '../../shared';
import { category, categoryChannels, categoryGuide, inTenant } from '../fields';
import { channelChoices } from '../users/channel-fields';

/** Fields of the operations on preferences. */

export const preferenceSchema = z.enum(['opt_in', 'opt_out'], "'Preference' must be opt_in or opt_out");

const preferenceField: INodeProperties = {
	displayName: 'Preference',
	name: 'preference',
	type: 'options',
	options: [
		{ name: 'Opt In', value: 'opt_in' },
		{ name: 'Opt Out', value: 'opt_out' },
	],
	default: 'opt_out',
	description: 'Whether to receive notifications in this category',
};

export const preference: Field<'opt_in' | 'opt_out'> = {
	name: 'preference',
	properties: [preferenceField],
	schema: preferenceSchema,
	read: (fields) => fields('preference'),
};

const channelList = z.array(z.string()).optional();

const categoriesSchema = z
	.array(
		z.object({
			category: category.schema,
			preference: preferenceSchema,
			opt_in_channels: channelList,
			opt_out_channels: channelList,
		}),
	)
	.optional();

/** Preferences of several categories. */
export const categories: Field<z.infer<typeof categoriesSchema>> = {
	name: 'categories',
	properties: [
		{
			displayName: 'Categories',
			name: 'categories',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add category',
			default: {},
			options: [
				{
					displayName: 'Category',
					name: 'category',
					values: [
						{
							displayName: 'Category',
							name: 'category',
							type: 'string',
							default: '',
							placeholder: 'e.g. newsletter',
							description: `The slug of the notification category ${categoryGuide}`,
						},
						...categoryChannels.opt_in_channels.properties,
						...categoryChannels.opt_out_channels.properties,
						preferenceField,
					],
				},
			],
		},
	],
	schema: categoriesSchema,
	read: (fields) =>
		unlessEmpty(
			entriesOf(fields('categories'), 'category').map((entry) => ({
				category: text(entry.category) ?? null,
				preference: entry.preference ?? preferenceField.default,
				opt_in_channels: unlessEmpty(entry.optInChannels),
				opt_out_channels: unlessEmpty(entry.optOutChannels),
			})),
		),
};

/** The same, also from events. Consent to a category opts in, and a refusal opts out. */
export const categoriesOrConsent: typeof categories = {
	...categories,
	from: (event) =>
		Object.entries(consentOf(event) ?? {}).map(([name, agrees]) => ({
			category: name,
			preference: agrees === true ? 'opt_in' : agrees === false ? 'opt_out' : agrees,
		})),
};

/** The categories of an event's consent, as Segment's consent management writes it. */
export function consentOf({ context }: CanonicalEvent): Record<string, unknown> | undefined {
	const consent: unknown = get(context, ['consent', 'categoryPreferences']);
	return isObject(consent) ? consent : undefined;
}

const channelPreferencesSchema = z
	.array(
		z.object({
			channel: z.enum(channelChoices.map(({ value }) => String(value)) as [string, ...string[]]),
			is_restricted: z.boolean("'Mandatory Only' must be true or false"),
		}),
	)
	.optional();

export const channelPreferences: Field<z.infer<typeof channelPreferencesSchema>> = {
	name: 'channelPreferences',
	properties: [
		{
			displayName: 'Channels',
			name: 'channelPreferences',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add channel',
			default: {},
			options: [
				{
					displayName: 'Channel',
					name: 'channel',
					values: [
						{
							displayName: 'Channel',
							name: 'channel',
							type: 'options',
							options: channelChoices,
							default: 'email',
						},
						{
							displayName: 'Mandatory Only',
							name: 'isRestricted',
							type: 'boolean',
							default: true,
							description: 'Whether to use this channel only for mandatory categories',
						},
					],
				},
			],
		},
	],
	schema: channelPreferencesSchema,
	read: (fields) =>
		unlessEmpty(
			entriesOf(fields('channelPreferences'), 'channel').map(
				({ channel = 'email', isRestricted = true }) => ({
					channel,
					is_restricted: isRestricted,
				}),
			),
		),
};

const locale = field.text({
	displayName: 'Locale',
	name: 'locale',
	placeholder: 'e.g. es-AR',
	description: 'The language of the category names and descriptions in the response',
	schema: field.filled("Enter the 'Locale', or remove the field"),
});

/** What narrows down a read. */
export const filters = field.collection(
	{ displayName: 'Filters', name: 'filters', placeholder: 'Add filter' },
	{
		tenant_id: inTenant,
		locale,
		show_opt_out_channels: field.flag({
			displayName: 'Show Opt-Out Channels',
			name: 'showOptOutChannels',
			default: true,
			description: 'Whether to also return the channels in opted-out categories',
		}),
		tags: field.text({
			displayName: 'Tags',
			name: 'tags',
			placeholder: 'e.g. billing',
			description:
				'The tag of the categories to return. You can also enter a SuprSend condition with "and", "or", "not" or "exists".',
			schema: field.filled("Enter the 'Tags', or remove the filter"),
		}),
	},
);

/** The language, for tenants. */
export const inLocale = field.collection(
	{ displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add field' },
	{ locale },
);

/** The tenant of an update. */
export const forTenant = field.collection(
	{ displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add field' },
	{ tenant_id: inTenant },
);

export const categoryAnswerSchema = z.looseObject({
	name: z.string(),
	category: z.string(),
	preference: z.string().nullable(),
	channels: z
		.array(z.object({ channel: z.string(), preference: z.string(), is_editable: z.boolean() }))
		.nullish(),
});

function unlessEmpty(list: unknown): unknown {
	return Array.isArray(list) && list.length === 0 ? undefined : list;
}
