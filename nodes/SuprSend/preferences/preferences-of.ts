import { z } from 'zod/v4';
import {
	byOffset,
	field,
	isObject,
	onlyAccepts,
	operation,
	type CanonicalEvent,
	type Field,
} from '../../shared';
import type { userPreferences } from '../endpoints';
import { category, categoryChannels } from '../fields';
import {
	categoriesOrConsent,
	categoryAnswerSchema,
	channelPreferences,
	consentOf,
	filters,
	forTenant,
	preference,
} from './fields';

interface Owner {
	/** Whose preferences they are, for descriptions. */
	name: 'a user' | 'an object';
	endpoints: typeof userPreferences;
	/** The fields that identify the owner. */
	fields: Record<string, Field>;
	/** For owners that events can name: the same fields, for Update. */
	eventFields?: Record<string, Field>;
	orderKey: (values: Record<string, unknown>) => string;
	subject?: (values: Record<string, unknown>) => { userId?: string };
}

type Names = Record<'get' | 'getMany' | 'update', { resource: string; operation: string; action: string }>;

const scopes = [
	{ name: 'All', value: 'all' },
	{ name: 'Channels', value: 'channels' },
	{ name: 'One Category', value: 'category' },
] as const;

type Scope = (typeof scopes)[number]['value'];

const scope = (initial: Scope) =>
	field.choice<Scope>({
		displayName: 'Preferences',
		name: 'scope',
		options: scopes,
		default: initial,
		description: 'Which preferences to get',
	});

const only = <Value>(part: Field<Value>, ...shownFor: Scope[]) => field.shownFor(part, 'scope', shownFor);

/** The operations on the preferences of a user or an object: the same requests at different addresses. */
export function preferencesOf({ name, endpoints, fields, eventFields, ...owner }: Owner, names: Names) {
	const byScope = (all: { category: typeof endpoints.get; channels: typeof endpoints.get }) =>
		({ by: 'scope', endpoints: all }) as const;
	return {
		get: operation.get<Record<string, unknown>>({
			...names.get,
			...owner,
			description: `Get the notifications that ${name} wants to receive`,
			endpoint: endpoints.get,
			chosen: byScope({ category: endpoints.getCategory, channels: endpoints.getChannels }),
			fields: { ...fields, scope: scope('all'), category: only(category, 'category'), ...filters },
		}),
		getMany: operation.list<Record<string, unknown>>({
			...names.getMany,
			...owner,
			description: `Get ${name}'s preference for each category`,
			endpoint: endpoints.list,
			fields: { ...fields, ...filters },
			paging: byOffset(100, (entry) => isObject(entry) && entry.category),
			schema: categoryAnswerSchema,
		}),
		update: operation.write<Record<string, unknown>>({
			...names.update,
			...owner,
			description: `Change the notifications that ${name} receives, for example to opt out of a category`,
			endpoint: endpoints.update,
			chosen: byScope({ category: endpoints.updateCategory, channels: endpoints.updateChannels }),
			fields: {
				...(eventFields ?? fields),
				scope: { ...scope('category'), ...(eventFields === undefined ? {} : { from: () => 'all' }) },
				category: only(category, 'category'),
				preference: only(preference, 'category'),
				opt_in_channels: only(categoryChannels.opt_in_channels, 'category'),
				opt_out_channels: only(categoryChannels.opt_out_channels, 'category'),
				// The API documents categories for users only.
				...(name === 'a user' ? { categories: only(categoriesOrConsent, 'all') } : {}),
				channel_preferences: only(channelPreferences, 'all', 'channels'),
				...forTenant,
			},
			form: {
				atLeastOne: {
					of: ['preference', 'categories', 'channel_preferences'],
					message: 'There is nothing to change: add a category or a channel',
				},
				...(eventFields === undefined ? {} : { skips: unlessConsent }),
			},
			inQuery: ['tenant_id'],
			result: { schema: z.looseObject({}) },
		}),
	};
}

function unlessConsent(event: CanonicalEvent): string | undefined {
	const otherType = onlyAccepts('Preference: Update', 'identify')(event);
	if (otherType !== undefined || consentOf(event) !== undefined) return otherType;
	return 'The event has no consent information in context.consent.categoryPreferences';
}
