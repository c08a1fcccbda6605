import { omit } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { characters, field, pathPart, readText, type Field } from '../shared';
import {
	listLocator,
	listPathSchema,
	readIds,
	tenantLocator,
	tenantPathSchema,
	userLocator,
	userPathSchema,
} from './ids';
import { channelChoices } from './users/channel-fields';

/** Fields that several operations have. */

/** A field to choose from a list, or to enter an ID. */
function locator(
	options: Pick<INodeProperties, 'displayName' | 'name' | 'description'> & {
		searchListMethod: string;
		searchable?: true;
		example: string;
	},
): INodeProperties {
	const { searchListMethod, searchable, example, ...shown } = options;
	return {
		...shown,
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${/^[aeiou]/i.test(shown.displayName) ? 'an' : 'a'} ${shown.displayName.toLowerCase()}…`,
				typeOptions: { searchListMethod, searchable },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${example}` },
		],
	};
}

/** Where users find the slug of a category. */
export const categoryGuide =
	'(<a href="https://docs.suprsend.com/docs/notification-category" target="_blank">guide</a>)';

function located<Value>(locator: INodeProperties, schema: z.ZodType<Value>): Field<Value> {
	return {
		name: locator.name,
		identifies: true,
		properties: [locator],
		schema,
		read: (fields) => readText(fields, locator.name),
	};
}

export const distinctId = located(userLocator, userPathSchema);

export const list = located(listLocator, listPathSchema);

/** A tenant that exists. */
export const tenant = located(
	{ ...tenantLocator, description: 'The tenant, identified by its ID' },
	tenantPathSchema,
);

/** A list of IDs in one field. */
export function ids(shown: Pick<INodeProperties, 'displayName' | 'name' | 'placeholder'>): Field<string[]> {
	const { displayName } = shown;
	return {
		name: shown.name,
		identifies: true,
		properties: [
			{
				...shown,
				type: 'string',
				required: true,
				default: '',
				description:
					'One or more IDs, separated by commas. For IDs that contain commas, enter a JSON list or an expression that returns a list.',
			},
		],
		schema: z
			.array(
				z.string(`'${displayName}' must be text`).min(1, `An ID in '${displayName}' is empty`),
				`'${displayName}' must be a list, e.g. ["user-42"], or text separated by commas`,
			)
			.min(1, `Enter at least one ID in '${displayName}'`),
		read: (fields) => readIds(fields(shown.name), shown.displayName),
	};
}

/** A list of IDs as a filter, which isn't empty where the user has added it. */
export function filterIds(
	shown: Pick<INodeProperties, 'displayName' | 'name' | 'placeholder'>,
): Field<string[]> {
	return {
		...omit(ids(shown), 'identifies'),
		read(fields) {
			const given = fields(shown.name);
			return given === undefined ? undefined : readIds(given, shown.displayName);
		},
	};
}

export const distinctIds: Field<string[]> = {
	...ids({ displayName: 'Distinct IDs', name: 'distinctIds', placeholder: 'e.g. user-42, user-43' }),
	schema: z
		.array(
			z.string('A distinct ID must be text').min(1, 'A distinct ID is empty'),
			'Distinct IDs must be a list, e.g. ["user-42"], or text separated by commas',
		)
		.min(1, 'Enter at least one distinct ID'),
};

/** What SuprSend calls "user", "team" and so on in the path of an object. */
export const objectType = field.text({
	displayName: 'Object Type',
	name: 'objectType',
	placeholder: 'e.g. teams',
	description: 'The object type, in plural form',
	schema: pathPart("Enter the 'Object Type', e.g. teams"),
	identifies: true,
});

export const objectId = located(
	locator({
		displayName: 'Object',
		name: 'objectId',
		description:
			'The object, identified by its ID in your own application. The list shows objects of the type in Object Type.',
		searchListMethod: 'listObjectsOfType',
		example: 'finance',
	}),
	pathPart("Choose an 'Object', or enter its ID"),
);

export const category: Field<string> = {
	...located(
		locator({
			displayName: 'Category',
			name: 'category',
			description: `The notification category, identified by its slug ${categoryGuide}`,
			searchListMethod: 'searchCategories',
			searchable: true,
			example: 'newsletter',
		}),
		pathPart("Choose a 'Category', or enter its slug"),
	),
	identifies: undefined,
};

export const template: Field<string> = {
	...located(
		locator({
			displayName: 'Template',
			name: 'template',
			description: 'The template, identified by its slug',
			searchListMethod: 'searchTemplates',
			searchable: true,
			example: 'weekly-newsletter',
		}),
		pathPart("Choose a 'Template', or enter its slug"),
	),
	identifies: undefined,
};

/** In whose name, for requests about a user. */
export const inTenant = field.text({
	displayName: 'Tenant ID',
	name: 'tenantId',
	placeholder: 'e.g. acme',
	description: 'The tenant whose preferences to use. Remove this field to use the default tenant.',
	schema: field
		.filled("Enter the 'Tenant ID', or remove the field")
		.refine((id = '') => characters(id) <= 64, 'The tenant ID can have up to 64 characters'),
});

const channelNames = channelChoices.map(({ value }) => String(value));

/** Channels such as email. */
export function channels(
	shown: Pick<INodeProperties, 'displayName' | 'name' | 'description'> & { whenEmpty: field.WhenEmpty },
) {
	return field.choices({ ...shown, options: channelChoices, values: channelNames });
}

/** Lists of channels by what a category does with them. */
export const categoryChannels = {
	opt_in_channels: channels({
		displayName: 'Opt-In Channels',
		name: 'optInChannels',
		whenEmpty: 'missing',
		description: 'Channels to use in this category',
	}),
	opt_out_channels: channels({
		displayName: 'Opt-Out Channels',
		name: 'optOutChannels',
		whenEmpty: 'missing',
		description: 'Channels to turn off in this category',
	}),
};
