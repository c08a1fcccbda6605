import { z } from 'zod/v4';
import { isObject, textual } from '../../shared';

/**
 * The channels of a user. Their values: docs.suprsend.com/reference/create-update-users; errors:
 * docs.suprsend.com/docs/api-request-errors.
 */
export const channelNames = [
	'$email',
	'$sms',
	'$whatsapp',
	'$inbox',
	'$androidpush',
	'$iospush',
	'$webpush',
	'$slack',
	'$ms_teams',
] as const;

export type ChannelName = (typeof channelNames)[number];

export function isChannelName(name: string): name is ChannelName {
	return (channelNames as readonly string[]).includes(name);
}

const wrongEmail = 'Enter an email address of 6 to 320 characters, e.g. jane@example.com';
const email = z
	.string(wrongEmail)
	.trim()
	.transform((address) => address.replace(/^mailto:/i, ''))
	.pipe(z.string().regex(/^(?=.{6,320}$)[^\s@,;:<>]+@[^\s@,;:<>]+\.[^\s@,;:<>]+$/, wrongEmail));

/** What people put between the digits of a phone number: spaces, dashes, dots, slashes, brackets, invisible marks. */
const betweenDigits = /[\s()./\-\u2010-\u2015\p{Cf}]/gu;

/** Removes what isn't dialed. A `(0)` before the area code is for calls within the country, except in Italy (+39). */
function dialed(phoneNumber: string): string {
	const written = phoneNumber.normalize('NFKC').replace(/^\s*tel:/i, '');
	const isItalian = /^[\s(]*\+39/.test(written);
	return (isItalian ? written : written.replaceAll('(0)', '')).replace(betweenDigits, '');
}

const wrongPhone = 'Enter a phone number in E.164 format: +, country code and number, e.g. +15555555555';
const phone = textual(
	z
		.string(wrongPhone)
		.transform(dialed)
		.pipe(z.string().regex(/^\+[1-9]\d{1,14}$/, wrongPhone)),
);

const wrongToken = "A push token must be text and can't be empty";
const token = z.string(wrongToken).trim().min(1, wrongToken);

const wrongInbox = "An inbox ID must be text and can't be empty";
const inbox = z.string(wrongInbox).trim().min(1, wrongInbox);

const webPush = z.looseObject(
	{
		endpoint: z.string().min(1),
		keys: z.looseObject({ auth: z.string().min(1), p256dh: z.string().min(1) }),
	},
	{
		error:
			'Enter the subscription that the browser created, e.g. {"endpoint": "https://…", "keys": {"auth": "…", "p256dh": "…"}}',
	},
);

const slackForms =
	'Enter a Slack channel as {"email", "access_token"}, {"user_id", "access_token"}, {"channel_id", "access_token"} or {"incoming_webhook": {"url"}}';
const slack = z
	.record(z.string(), z.unknown(), slackForms)
	.refine(
		(value) =>
			hasUrl(value.incoming_webhook) ||
			(isNotBlank(value.access_token) &&
				['email', 'email_id', 'user_id', 'channel_id', 'channel'].some((name) => isNotBlank(value[name]))),
		slackForms,
	);

const teamsForms =
	'Enter an MS Teams channel as {"tenant_id", "service_url", "conversation_id"}, {"tenant_id", "service_url", "user_id"} or {"incoming_webhook": {"url"}}';
const teams = z
	.record(z.string(), z.unknown(), teamsForms)
	.refine(
		(value) =>
			hasUrl(value.incoming_webhook) ||
			(isNotBlank(value.tenant_id) &&
				isNotBlank(value.service_url) &&
				(isNotBlank(value.conversation_id) || isNotBlank(value.user_id))),
		teamsForms,
	);

/** The schema of one value of each channel. */
export const channelSchemas = {
	$email: email,
	$sms: phone,
	$whatsapp: phone,
	$inbox: inbox,
	$androidpush: token,
	$iospush: token,
	$webpush: webPush,
	$slack: slack,
	$ms_teams: teams,
} satisfies Record<ChannelName, z.ZodType>;

/** For recipients of a workflow, whose push tokens may name their provider (the SDK's workflow_trigger.json). */
export const recipientChannelSchemas = {
	...channelSchemas,
	$androidpush: z.union(
		[token, z.looseObject({ token, provider: z.enum(['fcm', 'xiaomi', 'oppo']) })],
		'Enter a push token, or {"token": "…", "provider": "fcm"} (fcm, xiaomi or oppo)',
	),
	$iospush: z.union(
		[token, z.looseObject({ token, provider: z.literal('apns') })],
		'Enter a push token, or {"token": "…", "provider": "apns"}',
	),
};

function isNotBlank(value: unknown): boolean {
	return typeof value === 'string' && value.trim() !== '';
}

function hasUrl(webhook: unknown): boolean {
	return isObject(webhook) && isNotBlank(webhook.url);
}
