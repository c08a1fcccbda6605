import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod/v4';
import {
	asList,
	entriesOf,
	isGiven,
	keyValueFields,
	readKeyValues,
	type Field,
	type Fields,
} from '../../shared';
import { channelFields, readChannel } from './channel-fields';
import { profileSchema, sortProfile, type CheckedProfile, type Profile } from './profile';

/** The form of a profile: of a user, of a user within a tenant, or of an object. */

const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		{
			displayName: 'Locale',
			name: 'locale',
			type: 'string',
			default: '',
			placeholder: 'e.g. en_GB',
			description: 'The preferred language for notifications',
		},
		{
			displayName: 'Timezone',
			name: 'timezone',
			type: 'string',
			default: '',
			placeholder: 'e.g. America/New_York',
			description: 'The IANA time zone for notifications that SuprSend sends at local time',
		},
	],
};

export const profileFields: INodeProperties[] = [
	{
		displayName: 'Channels',
		name: 'channels',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add channel',
		default: {},
		description: 'Where to send notifications. These channels are added to the existing ones.',
		options: [{ displayName: 'Channel', name: 'channel', values: channelFields }],
	},
	...keyValueFields({
		name: 'properties',
		displayName: 'Properties',
		description: 'Additional values that templates can use',
		example: '{"name": "Jane", "plan": "pro"}',
	}),
	additionalFields,
];

export function profileOfFields(fields: Fields): Profile {
	const { locale, timezone } = fields('additionalFields') as Record<string, unknown>;
	const { channels, ...profile } = sortProfile(readKeyValues(fields, 'properties'));
	for (const entry of entriesOf(fields('channels'), 'channel')) {
		const { name, value } = readChannel(entry);
		const list = [...(channels[name] ?? []), ...asList(value)];
		if (list.length > 0) channels[name] = list;
	}
	return {
		...profile,
		channels,
		...(isGiven(timezone) ? { $timezone: timezone } : {}),
		...(isGiven(locale) ? { $locale: locale } : {}),
	};
}

export const profile: Field<z.infer<typeof profileSchema>> = {
	properties: profileFields,
	schema: profileSchema,
	read: profileOfFields,
};

/** The profile as the body of a request. */
export function profileBody({ properties, channels, $timezone, $locale }: CheckedProfile): string {
	return JSON.stringify({ ...properties, ...channels, $timezone, $locale });
}
