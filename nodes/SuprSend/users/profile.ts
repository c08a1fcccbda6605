import { mapValues, uniqBy } from 'lodash';
import { z } from 'zod/v4';
import { asList, ifUsable, isGiven, isObject, usableValues } from '../../shared';
import { freeNames } from '../reserved-names';
import { channelNames, channelSchemas, isChannelName, type ChannelName } from './channels';
import { localeSchema, timezoneSchema } from './locale';

/** A user's data, in SuprSend's own groups. */
export interface Profile {
	/** An object, or anything else for the schema to reject. */
	properties: unknown;
	channels: Partial<Record<ChannelName, unknown[]>>;
	$timezone?: unknown;
	$locale?: unknown;
}

export const profileSchema = z.object({
	properties: freeNames('Properties', { $preferred_language: ifUsable(localeSchema) }),
	channels: z.object(mapValues(channelSchemas, (schema) => usableValues<unknown>(schema))),
	$timezone: ifUsable(timezoneSchema),
	$locale: ifUsable(localeSchema),
});

export type CheckedProfile = z.infer<typeof profileSchema>;

/** A user in a response: docs.suprsend.com/reference/get-user-profile. It also has the channels. */
export const userAnswerSchema = z.looseObject({
	distinct_id: z.string(),
	properties: z.record(z.string(), z.unknown()),
	created_at: z.string(),
	updated_at: z.string(),
});

/**
 * Groups values by SuprSend's own names: `$email` and the like are channels, all others are properties. Drops
 * undefined values.
 */
export function sortProfile(values: unknown): Profile {
	if (!isObject(values)) return { properties: values, channels: {} };
	const { $timezone, $locale, ...others } = values;
	const entries = Object.entries(others).filter(([, value]) => value !== undefined);
	const lists = entries.map(([name, value]) => [name, asList(value)] as const);
	return {
		properties: Object.fromEntries(entries.filter(([name]) => !isChannelName(name))),
		channels: Object.fromEntries(lists.filter(([name, list]) => isChannelName(name) && list.length > 0)),
		...given({ $timezone, $locale }),
	};
}

/**
 * Groups traits. Reads SuprSend's own names and those of the Segment Spec: `email`, `timezone`, `locale`, and
 * `phone` if the user chose its channels.
 * @param phoneChannels the list of `sms`, `whatsapp`, both or neither
 */
export function profileOfTraits(traits: Record<string, unknown>, phoneChannels: unknown): Profile {
	const { email, phone, timezone, locale, ...others } = traits;
	const phoneNames = asList(phoneChannels).filter((channel) => channel === 'sms' || channel === 'whatsapp');
	const { channels, ...profile } = sortProfile({
		...(phoneNames.length === 0 && isGiven(phone) ? { phone } : {}),
		...given({ $timezone: timezone, $locale: locale }),
		...others,
	});
	const add = (name: ChannelName, value: unknown) => {
		const list = [...asList(value), ...(channels[name] ?? [])];
		if (list.length > 0)
			channels[name] = uniqBy(list, (each) => (typeof each === 'string' ? each.trim() : each));
	};
	add('$email', email);
	for (const channel of phoneNames) add(`$${channel}`, phone);
	return { ...profile, channels: inOrder(channels) };
}

function inOrder(channels: Profile['channels']): Profile['channels'] {
	return Object.fromEntries(
		channelNames.filter((name) => name in channels).map((name) => [name, channels[name]]),
	);
}

function given(values: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => isGiven(value)));
}
