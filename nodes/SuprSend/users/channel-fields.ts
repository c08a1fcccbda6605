import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { isGiven, readJson, text } from '../../shared';
import { isChannelName, type ChannelName } from './channels';

const showFor = (...channels: string[]) => ({ show: { channel: channels } });

export const channelChoices: INodePropertyOptions[] = [
	{ name: 'Android Push', value: 'androidpush' },
	{ name: 'Email', value: 'email' },
	{ name: 'Inbox', value: 'inbox' },
	{ name: 'iOS Push', value: 'iospush' },
	{ name: 'MS Teams', value: 'ms_teams' },
	{ name: 'Slack', value: 'slack' },
	{ name: 'SMS', value: 'sms' },
	{ name: 'Web Push', value: 'webpush' },
	{ name: 'WhatsApp', value: 'whatsapp' },
];

/** The fields for one value of a channel, within a collection. */
export const channelFields: INodeProperties[] = [
	{
		displayName: 'Channel',
		name: 'channel',
		type: 'options',
		options: channelChoices,
		default: 'email',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. jane@example.com',
		displayOptions: showFor('email'),
	},
	{
		displayName: 'Phone Number',
		name: 'phoneNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. +15555555555',
		description: 'The phone number in E.164 format: +, country code and number, without spaces',
		displayOptions: showFor('sms', 'whatsapp'),
	},
	{
		displayName: 'Inbox ID',
		name: 'inboxId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 4nlPk4t4kurG5kChxxxx',
		displayOptions: showFor('inbox'),
	},
	{
		displayName: 'Push Token',
		name: 'pushToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'The token that your app received for the device',
		displayOptions: showFor('androidpush', 'iospush'),
	},
	{
		displayName: 'Subscription',
		name: 'subscription',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"endpoint": "https://…", "keys": {"auth": "…", "p256dh": "…"}}',
		description: 'The push subscription that the browser created',
		displayOptions: showFor('webpush'),
	},
	{
		displayName: 'Slack User or Channel By',
		name: 'slackBy',
		type: 'options',
		options: [
			{ name: 'Channel ID', value: 'channel_id' },
			{ name: 'Email', value: 'email' },
			{ name: 'Incoming Webhook', value: 'incoming_webhook' },
			{ name: 'Member ID', value: 'user_id' },
		],
		default: 'email',
		displayOptions: showFor('slack'),
	},
	{
		displayName: 'Slack Channel ID, Email or Member ID',
		name: 'slackId',
		type: 'string',
		default: '',
		placeholder: 'e.g. C02XXXXXXXX, jane@example.com or U03XXXXXXXX',
		displayOptions: { show: { channel: ['slack'], slackBy: ['channel_id', 'email', 'user_id'] } },
	},
	{
		displayName: 'Bot Access Token',
		name: 'slackAccessToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		placeholder: 'e.g. xoxb-XXXXXXXX',
		description: "Your Slack app's Bot User OAuth Token",
		displayOptions: { show: { channel: ['slack'], slackBy: ['channel_id', 'email', 'user_id'] } },
	},
	{
		displayName: 'Teams User or Channel By',
		name: 'teamsBy',
		type: 'options',
		options: [
			{ name: 'Conversation ID', value: 'conversation_id' },
			{ name: 'Incoming Webhook', value: 'incoming_webhook' },
			{ name: 'User ID', value: 'user_id' },
		],
		default: 'conversation_id',
		displayOptions: showFor('ms_teams'),
	},
	{
		displayName: 'Conversation or User ID',
		name: 'teamsId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 19:c1524d7c-a06f-456f-8abe-xxxx',
		displayOptions: { show: { channel: ['ms_teams'], teamsBy: ['conversation_id', 'user_id'] } },
	},
	{
		displayName: 'Teams Tenant ID',
		name: 'teamsTenantId',
		type: 'string',
		default: '',
		placeholder: 'e.g. c1981ab2-9aaf-xxxx-xxxx',
		displayOptions: { show: { channel: ['ms_teams'], teamsBy: ['conversation_id', 'user_id'] } },
	},
	{
		displayName: 'Service URL',
		name: 'teamsServiceUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://smba.trafficmanager.net/amer',
		displayOptions: { show: { channel: ['ms_teams'], teamsBy: ['conversation_id', 'user_id'] } },
	},
	{
		displayName: 'Webhook URL',
		name: 'slackWebhookUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://hooks.slack.com/services/TXXXX/BXXXX/XXXXXXX',
		displayOptions: { show: { channel: ['slack'], slackBy: ['incoming_webhook'] } },
	},
	{
		displayName: 'Webhook URL',
		name: 'teamsWebhookUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.webhook.office.com/webhookb2/XXXXXXXXX',
		displayOptions: { show: { channel: ['ms_teams'], teamsBy: ['incoming_webhook'] } },
	},
];

/** Reads `channelFields`. Without a value when the field that holds it is empty. */
export function readChannel(entry: Record<string, unknown>): { name: ChannelName; value: unknown } {
	const name = `$${text(entry.channel) ?? 'email'}`;
	if (!isChannelName(name)) throw new Error(`SuprSend doesn't have a channel named '${name.slice(1)}'`);
	return { name, value: valueOf(name, entry) };
}

function valueOf(name: ChannelName, entry: Record<string, unknown>): unknown {
	switch (name) {
		case '$email':
			return entry.email;
		case '$sms':
		case '$whatsapp':
			return entry.phoneNumber;
		case '$inbox':
			return entry.inboxId;
		case '$androidpush':
		case '$iospush':
			return entry.pushToken;
		case '$webpush':
			return readJson(entry.subscription, 'Subscription');
		case '$slack':
			return slack(entry);
		case '$ms_teams':
			return teams(entry);
	}
}

function slack({ slackBy = 'email', slackId, slackAccessToken, slackWebhookUrl }: Record<string, unknown>) {
	if (slackBy === 'incoming_webhook') return webhook(slackWebhookUrl);
	return isGiven(slackId) ? { [String(slackBy)]: slackId, access_token: slackAccessToken } : undefined;
}

function teams({ teamsBy = 'conversation_id', ...entry }: Record<string, unknown>) {
	if (teamsBy === 'incoming_webhook') return webhook(entry.teamsWebhookUrl);
	const { teamsId, teamsTenantId: tenant_id, teamsServiceUrl: service_url } = entry;
	return isGiven(teamsId) ? { tenant_id, service_url, [String(teamsBy)]: teamsId } : undefined;
}

function webhook(url: unknown) {
	return isGiven(url) ? { incoming_webhook: { url } } : undefined;
}
