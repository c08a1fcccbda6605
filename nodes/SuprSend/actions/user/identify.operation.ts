import type { z } from 'zod/v4';
import {
	identifyEventsOnly,
	isOn,
	many,
	readText,
	type Fields,
	type MappingContext,
	type Operation,
} from '../../../shared/delivery';
import { keyValueFields, readKeyValues } from '../../../shared/descriptions';
import { isGiven, type CanonicalEvent } from '../../../shared/event';
import { asList, entriesOf } from '../../../shared/collections';
import { upsertUser } from '../../endpoints';
import { distinctIdField } from '../../ids';
import { userAnswerSchema } from '../../users/answer';
import { channelFields, readChannel } from '../../users/channel-fields';
import { inBulk, sendInBulk, userEdit, type UserEdit } from '../../users/in-bulk';
import { operationsFor } from '../../users/operations';
import { phoneChannels } from '../../users/phone-channels';
import { channelNames } from '../../users/channels';
import { ownProperties } from '../../users/locale';
import { withoutReserved } from '../../reserved-names';
import { profileOfTraits, profileSchema, sortProfile, type Profile } from '../../users/profile';

type SuprSendUser = z.infer<typeof profileSchema>;

/** The same, whether a user is a request or a part of one. */
const common = {
	resource: 'user',
	operation: 'identify',
	reports: 'each',
	fields: [
		distinctIdField,
		{
			displayName: 'Channels',
			name: 'channels',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add channel',
			default: {},
			description: 'Where to reach the user. They are added to those that SuprSend knows already.',
			options: [{ displayName: 'Channel', name: 'channel', values: channelFields }],
		},
		...keyValueFields({
			name: 'properties',
			displayName: 'Properties',
			description: 'What else is known of the user. Templates can use it.',
			example: '{"name": "Jane", "plan": "pro"}',
		}),
		{
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
					description: 'The language that templates are translated to for this user',
				},
				{
					displayName: 'Timezone',
					name: 'timezone',
					type: 'string',
					default: '',
					placeholder: 'e.g. America/New_York',
					description: "For notifications at the user's own time of day; an IANA time zone",
				},
			],
		},
	],
	options: [phoneChannels, sendInBulk],
	repeating: 'harmless',
	skips: identifyEventsOnly,
} satisfies Partial<Operation>;

const identifyOne: Operation<SuprSendUser> = {
	...common,
	endpoint: upsertUser,
	schema: profileSchema,
	fromEvent(event, context) {
		const { profile, warnings } = profileOfEvent(event, context);
		return { record: { distinct_id: idOf(event), ...profile }, warnings };
	},
	fromFields: (fields) => ({
		record: { distinct_id: readText(fields, 'distinctId'), ...profileOfFields(fields) },
	}),
	lane: ({ distinct_id }) => distinct_id,
	request([user]) {
		const { distinct_id = '', properties, channels, $timezone, $locale } = user?.record ?? {};
		return {
			params: { distinct_id },
			body: JSON.stringify({ ...properties, ...channels, $timezone, $locale }),
		};
	},
	responseSchema: userAnswerSchema,
};

const identifyInBulk: Operation<UserEdit> = {
	...common,
	...inBulk,
	fromEvent(event, context) {
		const { profile, warnings } = profileOfEvent(event, context);
		const operations = operationsFor(profile);
		const time = Date.parse(event.timestamp);
		return { record: userEdit(context, { distinctId: idOf(event), operations, time }), warnings };
	},
	fromFields(fields, context) {
		const operations = operationsFor(profileOfFields(fields));
		const distinctId = readText(fields, 'distinctId');
		return { record: userEdit(context, { distinctId, operations, time: Date.now() }) };
	},
};

export const identify: Operation = {
	...identifyOne,
	variant: (options) => (isOn(options.sendInBulk) ? identifyInBulk : undefined),
};

export const identifyMany: Operation = {
	...many(identifyInBulk, 'identifyMany'),
	options: [phoneChannels],
};

function idOf({ userId, anonymousId }: CanonicalEvent): string | null {
	return userId ?? anonymousId;
}

function profileOfEvent({ traits }: CanonicalEvent, { options }: MappingContext) {
	const { kept, warnings } = withoutReserved(traits, [...channelNames, ...Object.keys(ownProperties)]);
	return { profile: profileOfTraits(kept, options.phoneChannels), warnings };
}

function profileOfFields(fields: Fields): Profile {
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
