import type { INodeProperties } from 'n8n-workflow';
import { splitList } from '../settings';
import { IpAllowList } from './ip-allow-list';
import type { TriggerOptions } from './options';

/** Entries of "Options" that all webhook triggers have, and how they are read. */

export const duplicatesOption: INodeProperties = {
	displayName: 'Duplicates',
	name: 'duplicates',
	type: 'options',
	options: [
		{
			name: 'Keep',
			value: 'keep',
			description:
				'Every event starts the workflow, however often it arrives. Within one request, each ID counts once.',
		},
		{
			name: 'Leave Out',
			value: 'inMemory',
			description: 'Remember the last 50,000 message IDs until n8n restarts',
		},
		{
			name: 'Leave Out, Also After Restart',
			value: 'stored',
			description: 'Remember the last 2,000 message IDs with the workflow as well; slower',
		},
	],
	default: 'inMemory',
	description:
		'What to do with events whose message ID was already received. With several n8n processes, each process has its own memory.',
};

export const ipAllowListOption: INodeProperties = {
	displayName: 'IP Allow List',
	name: 'ipAllowList',
	type: 'string',
	default: '',
	placeholder: 'e.g. 203.0.113.7, 10.0.0.0/8',
	description:
		'Which IP addresses to accept events from, separated by commas. Leave empty for all. Behind a proxy, set N8N_PROXY_HOPS.',
};

export const outputOption: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{ name: 'One Item per Event', value: 'event' },
		{
			name: 'One Item per Request',
			value: 'request',
			description: 'Each item has a list of events. In Send Many, set Events Field to events.',
		},
	],
	default: 'event',
};

/** @throws if the IP Allow List can't be used, with what to correct */
export function readSharedOptions(
	given: Record<string, unknown>,
): Pick<TriggerOptions, 'allowedAddresses' | 'duplicates' | 'output'> {
	return {
		allowedAddresses: new IpAllowList(splitList(given.ipAllowList)),
		duplicates: given.duplicates === 'keep' || given.duplicates === 'stored' ? given.duplicates : 'inMemory',
		output: given.output === 'request' ? 'request' : 'event',
	};
}
