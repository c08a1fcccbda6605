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
		"The channels on which SuprSend notifies users at the phone number in the 'phone' trait. The number must be in E.164 format, e.g. +15555555555.",
	displayOptions: { hide: { '/mappingMode': ['defineBelow'] } },
};
