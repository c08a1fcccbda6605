import { mapValues, pickBy } from 'lodash';
import { DateTime } from 'luxon';
import { z } from 'zod/v4';
import {
	characters,
	isGiven,
	isObject,
	text,
	timeOrNow,
	type CanonicalEvent,
	type Fields,
	type MappingContext,
} from '../shared';

const noClientId = 'Simon Data files everything under a client ID; this item has none';
const longestClientId = 45;

/** 100 KB, minus room for the keys that authentication adds. */
export const largestRequest = 100 * 1024 - 512;

/** What all requests have in common: docs.simondata.com/reference/event-ingestion-api. */
export const envelopeSchema = z.object({
	clientId: z
		.string(noClientId)
		.min(1, noClientId)
		.refine(
			(id) => characters(id) <= longestClientId,
			`A client ID can have at most ${longestClientId} characters`,
		),
	sentAt: z.number().int(),
	context: z.object({
		debug: z.boolean().optional(),
		name: z.string().optional(),
		version: z.string().optional(),
		userAgent: z.string().optional(),
		page: z.object({ url: z.string() }).optional(),
		device: z.object({ type: z.string() }).optional(),
	}),
	ipAddress: z.string().optional(),
	timezone: z
		.number("'Timezone' must be a number of minutes, or a name such as Europe/Amsterdam")
		.int("'Timezone' must be whole minutes")
		.optional(),
});

export type Envelope = z.infer<typeof envelopeSchema>;

/** The values of an envelope, from an event or from the form. */
interface Facts {
	clientId: unknown;
	sentAt: unknown;
	libraryName?: unknown;
	libraryVersion?: unknown;
	userAgent?: unknown;
	pageUrl?: unknown;
	deviceType?: unknown;
	ipAddress?: unknown;
	timezone?: unknown;
}

/** @param debug whether Simon Data reports errors instead of dropping invalid data silently */
function toEnvelope(facts: Facts, debug: boolean): Record<keyof Envelope, unknown> {
	const { clientId, sentAt, libraryName, libraryVersion, userAgent, pageUrl, deviceType } = facts;
	const page = isGiven(pageUrl) ? { url: pageUrl } : undefined;
	const device = isGiven(deviceType) ? { type: deviceType } : undefined;
	const context = { name: libraryName, version: libraryVersion, userAgent, page, device };
	return {
		clientId,
		sentAt,
		context: { ...(debug ? { debug } : {}), ...pickBy(context, isGiven) },
		ipAddress: facts.ipAddress,
		timezone: facts.timezone,
	};
}

/** Reads the SDK's context. It ignores values of the wrong type, so that they don't fail the event. */
export function envelopeOfEvent(event: CanonicalEvent, debug: boolean): Record<keyof Envelope, unknown> {
	const { context } = event;
	const library = objectIn(context.library);
	const sentAt = Date.parse(event.timestamp);
	const facts = {
		clientId: event.anonymousId ?? event.userId,
		sentAt,
		libraryName: text(library.name),
		libraryVersion: text(library.version),
		userAgent: text(context.userAgent),
		pageUrl: pageUrlOf(event),
		deviceType: text(objectIn(context.device).type),
		ipAddress: text(context.ip),
		timezone: timezoneOffset(context.timezone, sentAt),
	};
	return toEnvelope(facts, debug);
}

export function envelopeOfFields(
	fields: Fields,
	debug: boolean,
	context: MappingContext,
): Record<keyof Envelope, unknown> {
	const given = pickBy(fields('additionalFields') as Record<string, unknown>, isGiven);
	const sentAt = timeOrNow(given.sentAt, 'Sent At', context);
	const facts = {
		...mapValues(given, text),
		clientId: text(fields('clientId')),
		sentAt,
		timezone: timezoneOffset(given.timezone, sentAt) ?? given.timezone,
	};
	return toEnvelope(facts, debug);
}

export function pageOf({ context }: CanonicalEvent): Record<string, unknown> {
	return objectIn(context.page);
}

/** The page's URL. SDKs also put it in the properties of page events. */
export function pageUrlOf(event: CanonicalEvent): string | undefined {
	const fromProperties = event.type === 'page' ? text(event.properties.url) : undefined;
	return text(pageOf(event).url) ?? fromProperties;
}

function objectIn(value: unknown): Record<string, unknown> {
	return isObject(value) ? value : {};
}

/**
 * Converts a time zone to minutes from local time to UTC, as in JavaScript's `getTimezoneOffset`: UTC+2 is -120.
 * @param zone minutes, or an IANA name as in the Segment Spec, such as `Europe/Amsterdam`
 * @param at epoch milliseconds, because the offset changes with daylight saving time
 */
export function timezoneOffset(zone: unknown, at: unknown): number | undefined {
	const given = text(zone);
	if (given === undefined) return undefined;
	if (/^[+-]?\d+$/.test(given)) return Number(given);
	const local = typeof at === 'number' ? DateTime.fromMillis(at, { zone: given }) : undefined;
	return local?.isValid === true ? 0 - local.offset : undefined;
}
