import { z } from 'zod/v4';
import { byOffset, field, isObject, operation, type Field } from '../../../shared';
import { getTemplate, getTemplateChannel, listTemplates } from '../../endpoints';
import { channels, template } from '../../fields';
import { channelChoices } from '../../users/channel-fields';

const templateSchema = z.looseObject({
	slug: z.string(),
	name: z.string(),
	description: z.string().nullable(),
	is_active: z.boolean(),
	updated_at: z.string(),
});

const simplified = [
	...['slug', 'name', 'description', 'is_active', 'enabled_languages', 'tags'],
	...['created_at', 'updated_at', 'last_triggered_at'],
];

const anyChannel = channels({
	whenEmpty: 'rejected',
	displayName: 'Channels',
	name: 'channels',
	description: 'Return only templates that have at least one of these channels',
});

/** Several channels as one text, as SuprSend documents them. */
const withCommas: Field<string | undefined> = {
	...anyChannel,
	schema: anyChannel.schema.transform((list) => list?.join(',')),
};

const scope = field.choice({
	displayName: 'Content',
	name: 'scope',
	options: [
		{ name: 'All Channels', value: 'all' },
		{ name: 'One Channel', value: 'channel' },
	],
	default: 'all',
	description: "Which part of the template's content to get",
});

const channel = field.choice({
	displayName: 'Channel',
	name: 'channel',
	options: channelChoices.map(({ name, value }) => ({ name, value: String(value) })),
	default: 'email',
});

export const get = operation.get({
	resource: 'template',
	operation: 'get',
	action: 'Get template',
	description: "Get a template's content, for all channels or for one channel",
	endpoint: getTemplate,
	chosen: { by: 'scope', endpoints: { channel: getTemplateChannel } },
	fields: { template_slug: template, scope, channel_slug: field.shownFor(channel, 'scope', ['channel']) },
});

export const getMany = operation.list({
	resource: 'template',
	operation: 'getMany',
	action: 'Get many templates',
	description: 'Get the templates in the workspace',
	endpoint: listTemplates,
	fields: field.collection(
		{ displayName: 'Filters', name: 'filters', placeholder: 'Add filter' },
		{
			has_channels_any: withCommas,
			is_active: field.flag({
				displayName: 'Published',
				name: 'published',
				default: true,
				description: 'Whether to return published templates. If off, drafts are returned.',
			}),
			is_archived: field.flag({
				displayName: 'Archived',
				name: 'archived',
				default: true,
				description: 'Whether to return archived templates',
			}),
		},
	),
	paging: byOffset(100, (entry) => isObject(entry) && entry.slug),
	schema: templateSchema,
	simplified,
});
