import { IANAZone } from 'luxon';
import { z } from 'zod/v4';

const wrongTimezone = 'Enter an IANA time zone, e.g. America/New_York';
/** Offsets such as `+05:30` aren't IANA time zones, although some systems accept them. */
export const timezoneSchema = z
	.string(wrongTimezone)
	.trim()
	.refine((zone) => /^[a-z]/i.test(zone) && IANAZone.isValidZone(zone), wrongTimezone);

const wrongLocale = 'Enter a language, with or without a region, e.g. en or en_GB';
export const localeSchema = z
	.string(wrongLocale)
	.trim()
	.regex(/^[a-z]{2,3}(?:[-_][a-z\d]{2,8})*$/i, wrongLocale);

/** SuprSend's own names among a user's properties. */
export const ownProperties = {
	$timezone: timezoneSchema,
	$locale: localeSchema,
	$preferred_language: localeSchema,
};
