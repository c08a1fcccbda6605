import { isNil } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import {
	entriesOf,
	ifUsable,
	keyValueFields,
	readKeyValues,
	readText,
	type Fields,
	type MappedRecord,
	type Operation,
} from '../../../shared';
import { upsertTenant } from '../../endpoints';
import { tenantLocator, tenantPathSchema } from '../../ids';
import { channelChoices } from '../../users/channel-fields';
import { timezoneSchema } from '../../users/locale';

const socialSites = [
	...[
		'website',
		'facebook',
		'linkedin',
		'x',
		'instagram',
		'medium',
		'discord',
		'telegram',
		'youtube',
		'tiktok',
	],
] as const;

const noName = 'A tenant must have a name';
const wrongUrl = 'Enter a URL that starts with https://';
const url = z
	.string(wrongUrl)
	.trim()
	.pipe(z.url({ protocol: /^https?$/, error: wrongUrl }));
const wrongColor = 'Enter a color as # and 6 hex digits, e.g. #1A73E8';
/** Color pickers and style sheets also write three digits, such as #FFF for #FFFFFF. */
const color = z
	.string(wrongColor)
	.trim()
	.transform((code) => code.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3'))
	.pipe(z.string().regex(/^#[\da-f]{6}$/i, wrongColor));

/** docs.suprsend.com/reference/create-update-tenants and /docs/node-tenants; limits from /docs/api-request-errors. */
const tenantSchema = z.object({
	tenant_id: tenantPathSchema,
	tenant: z.object({
		tenant_name: z.string(noName).trim().min(1, noName),
		logo: ifUsable(
			url.refine((address) => address.length <= 2048, 'The logo URL can have up to 2048 characters'),
		),
		timezone: ifUsable(timezoneSchema),
		blocked_channels: z.array(z.string()).optional(),
		preference_page_url: ifUsable(url),
		embedded_preference_url: ifUsable(url),
		primary_color: ifUsable(color),
		secondary_color: ifUsable(color),
		tertiary_color: ifUsable(color),
		// An empty URL removes the link.
		social_links: z.partialRecord(z.enum(socialSites), ifUsable(url, '')).optional(),
		properties: z.record(z.string(), z.unknown(), 'Properties must be an object, e.g. {"plan": "pro"}'),
	}),
});

type SuprSendTenant = z.infer<typeof tenantSchema>;

const colorField = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'color',
	default: '',
	description,
});

const details: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		{
			displayName: 'Blocked Channels',
			name: 'blockedChannels',
			type: 'multiOptions',
			options: channelChoices,
			default: [],
			description: 'Channels on which this tenant never sends notifications',
		},
		{
			displayName: 'Logo URL',
			name: 'logo',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://www.example.com/logo.png',
		},
		{
			displayName: 'Preference Page URL',
			name: 'preferencePageUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://app.example.com/notifications',
			description: "The page in your product where the tenant's users manage their notification preferences",
		},
		colorField('Primary Color', 'primaryColor', 'The color that the default templates use'),
		colorField('Secondary Color', 'secondaryColor', 'A color that you can use in your own templates'),
		{
			displayName: 'Social Links',
			name: 'socialLinks',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add link',
			default: {},
			options: [
				{
					displayName: 'Link',
					name: 'link',
					values: [
						{
							displayName: 'Site',
							name: 'site',
							type: 'options',
							options: [
								{ name: 'Discord', value: 'discord' },
								{ name: 'Facebook', value: 'facebook' },
								{ name: 'Instagram', value: 'instagram' },
								{ name: 'LinkedIn', value: 'linkedin' },
								{ name: 'Medium', value: 'medium' },
								{ name: 'Telegram', value: 'telegram' },
								{ name: 'TikTok', value: 'tiktok' },
								{ name: 'Website', value: 'website' },
								{ name: 'X', value: 'x' },
								{ name: 'YouTube', value: 'youtube' },
							],
							default: 'website',
						},
						{
							displayName: 'URL',
							name: 'url',
							type: 'string',
							default: '',
							placeholder: 'e.g. https://www.example.com',
							description: 'The URL to link to. Leave empty to remove the link.',
						},
					],
				},
			],
		},
		colorField('Tertiary Color', 'tertiaryColor', 'A color that you can use in your own templates'),
		{
			displayName: 'Timezone',
			name: 'timezone',
			type: 'string',
			default: '',
			placeholder: 'e.g. America/New_York',
			description: 'The IANA time zone for users without a time zone of their own',
		},
	],
};

export const upsert: Operation<SuprSendTenant> = {
	resource: 'tenant',
	operation: 'upsert',
	action: 'Create or update tenant',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	endpoint: upsertTenant,
	record: {
		properties: [
			tenantLocator,
			{
				displayName: 'Name',
				name: 'tenantName',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. Acme Inc.',
			},
			...keyValueFields({
				name: 'properties',
				displayName: 'Properties',
				description:
					"Values that templates can use, for example as $brand.address. Properties with the same name are replaced, and the tenant's other properties are kept.",
				example: '{"address": "5678 Market Street"}',
			}),
			details,
		],
		schema: tenantSchema,
		idsIn: ({ tenant_id }) => ({ tenant_id }),
		fromFields: (fields) => ({ tenant_id: readText(fields, 'tenantId'), tenant: readTenant(fields) }),
	},
	request: ({ tenant_id, tenant }) => ({ params: { tenant_id }, body: JSON.stringify(tenant) }),
	resend: 'safe',
	orderKey: ({ tenant_id }) => tenant_id,
	result: {
		schema: z.looseObject({
			tenant_id: z.string(),
			tenant_name: z.string(),
			properties: z.record(z.string(), z.unknown()),
			updated_at: z.string(),
		}),
	},
};

function readTenant(fields: Fields): MappedRecord<SuprSendTenant['tenant']> {
	const more = fields('additionalFields') as Record<string, unknown>;
	return {
		tenant_name: readText(fields, 'tenantName'),
		logo: more.logo,
		timezone: more.timezone,
		blocked_channels: more.blockedChannels,
		// The REST reference and the SDKs have different names for it, so both are sent.
		preference_page_url: more.preferencePageUrl,
		embedded_preference_url: more.preferencePageUrl,
		primary_color: more.primaryColor,
		secondary_color: more.secondaryColor,
		tertiary_color: more.tertiaryColor,
		social_links: readLinks(more.socialLinks),
		properties: readKeyValues(fields, 'properties'),
	};
}

function readLinks(collection: unknown): Record<string, unknown> | undefined {
	// An expression that finds nothing must not remove the link.
	const links = entriesOf(collection, 'link').filter((link) => !isNil(link.url));
	if (links.length === 0) return undefined;
	return Object.fromEntries(links.map(({ site = 'website', url: address }) => [String(site), address]));
}
