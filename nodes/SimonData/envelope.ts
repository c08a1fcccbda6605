import { pickBy } from 'lodash';
import { DateTime } from 'luxon';
import { z } from 'zod/v4';
import {
	asText,
	characters,
	ifUsable,
	isBlank,
	isGiven,
	isObject,
	text,
	textual,
	timeOrNow,
	type CanonicalEvent,
	type Fields,
	type MappingContext,
} from '../shared';

const noClientId = 'Fill in the client ID, which identifies the device or session. Simon Data requires it';
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
			`A client ID can have up to ${longestClientId} characters`,
		),
	sentAt: z.number().int(),
	context: z.object({
		debug: z.boolean().optional(),
		name: ifUsable(textual(z.string('The library name must be text'))),
		version: ifUsable(textual(z.string('The library version must be text'))),
		userAgent: ifUsable(textual(z.string('The user agent must be text'))),
		page: ifUsable(z.object({ url: textual(z.string('The page URL must be text')) })),
		device: ifUsable(z.object({ type: textual(z.string('The device type must be text')) })),
	}),
	ipAddress: ifUsable(textual(z.string('The IP address must be text'))),
	timezone: ifUsable(
		z
			.number('The time zone must be a whole number of minutes, or a name such as Europe/Amsterdam')
			.int('The time zone must be a whole number of minutes, or a name such as Europe/Amsterdam'),
	),
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
	const page = isBlank(pageUrl) ? undefined : { url: pageUrl };
	const device = isBlank(deviceType) ? undefined : { type: deviceType };
	const context = { name: libraryName, version: libraryVersion, userAgent, page, device };
	return {
		clientId,
		sentAt,
		context: { ...(debug ? { debug } : {}), ...pickBy(context, isGiven) },
		ipAddress: facts.ipAddress,
		timezone: facts.timezone,
	};
}

export function envelopeOfEvent(event: CanonicalEvent, debug: boolean): Record<keyof Envelope, unknown> {
	const { context } = event;
	const library = objectIn(context.library);
	const sentAt = Date.parse(event.timestamp);
	const facts = {
		clientId: event.anonymousId ?? event.userId,
		sentAt,
		libraryName: library.name,
		libraryVersion: library.version,
		userAgent: context.userAgent,
		pageUrl: pageUrlOf(event),
		deviceType: objectIn(context.device).type,
		ipAddress: context.ip,
		timezone: timezoneOffset(context.timezone, sentAt) ?? context.timezone,
	};
	return toEnvelope(facts, debug);
}

export function envelopeOfFields(
	fields: Fields,
	debug: boolean,
	context: MappingContext,
): Record<keyof Envelope, unknown> {
	const given = pickBy(fields('additionalFields') as Record<string, unknown>, isGiven);
	const sentAt = timeOrNow(given.sentAt, 'sentAt', context);
	const facts = {
		...given,
		clientId: asText(fields('clientId')),
		sentAt,
		timezone: timezoneOffset(given.timezone, sentAt) ?? given.timezone,
	};
	return toEnvelope(facts, debug);
}

export function pageOf({ context }: CanonicalEvent): Record<string, unknown> {
	return objectIn(context.page);
}

/** The page's URL, as the schema still has to check it. SDKs also put it in the properties of page events. */
export function pageUrlOf(event: CanonicalEvent): unknown {
	const { url } = pageOf(event);
	const fromProperties = event.type === 'page' ? text(event.properties.url) : undefined;
	return text(url) ?? fromProperties ?? url;
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
