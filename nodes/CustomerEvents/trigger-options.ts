import {
	NodeOperationError,
	type IHookFunctions,
	type INodeProperties,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { parseUrl } from '../shared/base-url';
import { isEventType } from '../shared/event';
import { consentOption, dropOption, hashOption, readRules } from './rules-fields';
import { positiveNumber, splitList } from '../shared/settings';
import { eventFilter } from '../shared/webhook/event-filter';
import {
	checkNumbers,
	duplicatesOption,
	ipAllowListOption,
	limitOptions,
	outputOption,
	readSharedOptions,
} from '../shared/webhook/option-fields';
import type { TriggerOptions } from '../shared/webhook/options';

export const triggerOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Accept Future Times',
			name: 'acceptFutureTimes',
			type: 'boolean',
			default: false,
			description:
				'Whether to keep event times that are more than five minutes in the future. If off, these times are replaced with the time of receipt.',
		},
		{
			displayName: 'Allowed Origins',
			name: 'allowedOrigins',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://www.example.com, https://shop.example.com',
			description:
				"Origins of the websites that can send events, separated by commas. Leave empty to allow all. Requests from servers have no origin and aren't affected.",
		},
		dropOption,
		duplicatesOption,
		{
			displayName: 'Event Names',
			name: 'eventNames',
			type: 'string',
			default: '',
			placeholder: 'e.g. Order *, Signed Up',
			description:
				'Names of the track events to accept, separated by commas. Use * to match any characters. Leave empty to accept all. Other track events are acknowledged and dropped.',
		},
		{
			displayName: 'Event Types',
			name: 'eventTypes',
			type: 'multiOptions',
			options: [
				{ name: 'Alias', value: 'alias' },
				{ name: 'Group', value: 'group' },
				{ name: 'Identify', value: 'identify' },
				{ name: 'Page', value: 'page' },
				{ name: 'Screen', value: 'screen' },
				{ name: 'Track', value: 'track' },
			],
			default: [],
			description:
				'Event types to accept. Leave empty to accept all. Events of other types are acknowledged and dropped.',
		},
		{
			displayName: 'Events per Second',
			name: 'eventsPerSecond',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				'Max number of events to accept per second. Above this limit, senders receive status 429 and the time to wait before retrying. Set to 0 for no limit. Each n8n process counts separately.',
		},
		hashOption,
		ipAllowListOption,
		...limitOptions,
		outputOption,
		consentOption,
		{
			displayName: 'Response Body',
			name: 'responseBody',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. {"ok": true}',
			description:
				'The JSON or text to respond with instead of the report on the received events. The status is still 200.',
		},
	],
};

/**
 * Reads the options for a request. Uses the default of a limit that isn't a number.
 * @throws if another setting can't be used, with what to correct
 */
export function readTriggerOptions(context: IWebhookFunctions | IHookFunctions): TriggerOptions {
	const given = givenOptions(context);
	const types = Array.isArray(given.eventTypes) ? given.eventTypes.map(String).filter(isEventType) : [];
	return {
		...readSharedOptions(given),
		clampFuture: given.acceptFutureTimes !== true,
		allowedOrigins: readOrigins(given.allowedOrigins),
		eventsPerSecond: positiveNumber(given.eventsPerSecond) ?? 0,
		filter: eventFilter(types, splitList(given.eventNames)),
		rules: readRules((name) => context.getNodeParameter(name, {})),
		responseBody: readBody(given.responseBody),
	};
}

function givenOptions(context: IWebhookFunctions | IHookFunctions): Record<string, unknown> {
	return context.getNodeParameter('options', {}) as Record<string, unknown>;
}

export function checkSettings(context: IHookFunctions): void {
	try {
		checkNumbers(givenOptions(context), triggerOptions);
		readTriggerOptions(context);
	} catch (error) {
		throw new NodeOperationError(context.getNode(), error as Error, {
			description: "Correct the trigger's options, then publish the workflow again.",
		});
	}
}

/**
 * Reads a list of origins and writes them as browsers do, e.g. `https://Shop.example/` as `https://shop.example`.
 * @throws if an entry isn't an origin
 */
export function readOrigins(list: unknown): string[] {
	const entries = splitList(list);
	if (entries.includes('*')) return [];
	return entries.map((entry) => {
		const origin = /^https?:\/\/[^/?#@*]+\/?$/i.test(entry) ? parseUrl(entry)?.origin : undefined;
		if (origin !== undefined) return origin;
		throw new Error(`'${entry}' is not a valid origin. Enter an origin such as https://www.example.com.`);
	});
}

function readBody(body: unknown): unknown {
	if (typeof body !== 'string' || body.trim() === '') return undefined;
	try {
		// n8n would send no reply for null.
		return JSON.parse(body) ?? body;
	} catch {
		return body;
	}
}
