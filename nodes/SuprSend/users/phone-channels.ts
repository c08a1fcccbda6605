import type { INodeProperties } from 'n8n-workflow';

/** SuprSend notifies every number of a channel, so a phone number is added to one only if the user chooses it. */
export const phoneChannels: INodeProperties = {
	displayName: 'Phone Number Channels',
	name: 'phoneChannels',
	type: 'multiOptions',
	options: [
		{ name: 'SMS', value: 'sms' },
		{ name: 'WhatsApp', value: 'whatsapp' },
	],
	default: [],
	description:
		"What the trait 'phone' of an event is for. On a channel that you choose, SuprSend can notify the user at this number, which must be in E.164 format, e.g. +15555555555. With none chosen it is no channel.",
	displayOptions: { hide: { '/mappingMode': ['defineBelow'] } },
};
