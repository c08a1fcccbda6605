import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../provider';

export interface Channel {
	value: unknown;
	id_provider?: unknown;
	status: 'active';
	perma_status: 'active';
}

export interface Profile {
	properties: Record<string, unknown>;
	channels: Partial<Record<ChannelName, Channel[]>>;
}

export const CHANNELS = [
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

export type ChannelName = (typeof CHANNELS)[number];

/** Keys that describe a push token. */
const QUALIFIERS: readonly string[] = ['$id_provider', '$bundle_id'];

export const isChannel = (key: string): key is ChannelName => (CHANNELS as readonly string[]).includes(key);

export function addChannel(profile: Profile, name: ChannelName, value: unknown, provider?: unknown): void {
	const known = (profile.channels[name] ??= []);
	if (known.some((channel) => isDeepStrictEqual(channel.value, value))) return;
	known.push({
		value,
		...(provider !== undefined && { id_provider: provider }),
		status: 'active',
		perma_status: 'active',
	});
}

function removeChannel({ channels }: Profile, name: ChannelName, value: unknown): void {
	const left = (channels[name] ?? []).filter((channel) => !isDeepStrictEqual(channel.value, value));
	if (left.length > 0) channels[name] = left;
	else delete channels[name];
}

const listIn = (value: unknown): unknown[] =>
	Array.isArray(value) ? value : value === undefined ? [] : [value];

type Values = Record<string, unknown>;

/**
 * `$add`, which SuprSend's SDKs send. The sandbox doesn't play `$increment` of the REST reference, because no document says
 * that the two are the same.
 */
const OPERATIONS: Record<string, (profile: Profile, values: Values) => void> = {
	$set: ({ properties }, values) => void Object.assign(properties, values),
	$set_once: (profile, values) => {
		profile.properties = { ...values, ...profile.properties };
	},
	$add: ({ properties }, values) => {
		for (const [key, by] of Object.entries(values))
			properties[key] = Number(properties[key] ?? 0) + Number(by);
	},
	$append: (profile, values) => {
		for (const [key, value] of Object.entries(values)) {
			if (isChannel(key)) addChannel(profile, key, value, values.$id_provider);
			else if (!QUALIFIERS.includes(key))
				profile.properties[key] = [...listIn(profile.properties[key]), value];
		}
	},
	$remove: (profile, values) => {
		for (const [key, value] of Object.entries(values)) {
			if (isChannel(key)) removeChannel(profile, key, value);
			else if (!QUALIFIERS.includes(key)) {
				const left = listIn(profile.properties[key]).filter((item) => !isDeepStrictEqual(item, value));
				profile.properties[key] = left;
			}
		}
	},
};

function unset({ properties, channels }: Profile, keys: readonly unknown[]): void {
	for (const key of keys.map(String)) {
		if (isChannel(key)) delete channels[key];
		else delete properties[key];
	}
}

export const operationsIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const isListOfStrings = (value: unknown): boolean =>
	Array.isArray(value) && value.every((item) => typeof item === 'string');

function flawOfOperation(operation: unknown): string | undefined {
	if (!isObject(operation) || Object.keys(operation).length === 0) return 'an operation must be an object';
	for (const [name, value] of Object.entries(operation)) {
		if (name === '$unset') {
			if (!isListOfStrings(value)) return '$unset must be a list of strings';
		} else if (!Object.hasOwn(OPERATIONS, name)) {
			return `${name} is no operation`;
		} else if (!isObject(value)) {
			return `${name} must be an object`;
		} else if (name === '$add' && !Object.values(value).every(Number.isFinite)) {
			return '$add must hold numbers';
		}
	}
	return undefined;
}

/** Returns the first problem of the operations, or undefined. */
export function flawOfOperations(operations: unknown): string | undefined {
	if (!Array.isArray(operations) || operations.length === 0)
		return 'operations must be a list of at least one';
	return operations.map(flawOfOperation).find((flaw) => flaw !== undefined);
}

export function applyOperations(profile: Profile, operations: readonly unknown[]): void {
	for (const [name, value] of operations.filter(isObject).flatMap((operation) => Object.entries(operation))) {
		if (name === '$unset' && Array.isArray(value)) unset(profile, value);
		else if (isObject(value)) OPERATIONS[name]?.(profile, value);
	}
}
