import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod/v4';
import { entriesOf, isObject, readJson, readNumber, text, type Field, type Fields } from '../../shared';
import { channelFields, readChannel } from './channel-fields';
import { operationsSchema } from './operations';

const channelChanges = ['addChannel', 'removeChannel'];

/** The fields of one operation, in the order in which users fill them in. */
const oneOperation: INodeProperties[] = [
	{
		displayName: 'Change',
		name: 'change',
		type: 'options',
		options: [
			{
				name: 'Add Channel',
				value: 'addChannel',
				description: 'Add an address, such as a phone number, to a channel',
			},
			{ name: 'Append', value: 'append', description: 'Add a value to a property that is a list' },
			{ name: 'Increment', value: 'increment', description: 'Add a number to a property' },
			{ name: 'Remove', value: 'remove', description: 'Remove a value from a property that is a list' },
			{ name: 'Remove Channel', value: 'removeChannel', description: 'Remove one address from a channel' },
			{ name: 'Set', value: 'set', description: 'Set a property and replace any existing value' },
			{
				name: 'Set Locale',
				value: 'setLocale',
				description: 'Set the preferred language for notifications',
			},
			{
				name: 'Set Once',
				value: 'setOnce',
				description: "Set a property only if it doesn't have a value yet",
			},
			{ name: 'Set Timezone', value: 'setTimezone', description: 'Set the time zone, as an IANA name' },
			{ name: 'Unset', value: 'unset', description: 'Remove a property permanently' },
			{ name: 'Unset Channel', value: 'unsetChannel', description: 'Remove all addresses from a channel' },
		],
		default: 'set',
	},
	{
		displayName: 'Property',
		name: 'property',
		type: 'string',
		default: '',
		placeholder: 'e.g. plan',
		displayOptions: { show: { change: ['append', 'increment', 'remove', 'set', 'setOnce', 'unset'] } },
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		placeholder: 'e.g. pro',
		description:
			'The value for this change. Typed values are always text, so enter an expression for a number, a list or an object.',
		displayOptions: { show: { change: ['append', 'remove', 'set', 'setOnce'] } },
	},
	{
		displayName: 'By',
		name: 'by',
		type: 'number',
		default: 1,
		description: 'The number to add to the property. Enter a negative number to subtract.',
		displayOptions: { show: { change: ['increment'] } },
	},
	{
		displayName: 'Locale',
		name: 'locale',
		type: 'string',
		default: '',
		placeholder: 'e.g. en_GB',
		displayOptions: { show: { change: ['setLocale'] } },
	},
	{
		displayName: 'Timezone',
		name: 'timezone',
		type: 'string',
		default: '',
		placeholder: 'e.g. America/New_York',
		displayOptions: { show: { change: ['setTimezone'] } },
	},
	...channelFields.map((field) => forChannels(field)),
	{
		displayName: 'Provider',
		name: 'provider',
		type: 'options',
		options: [
			{ name: 'FCM', value: 'fcm' },
			{ name: 'OPPO', value: 'oppo' },
			{ name: 'Xiaomi', value: 'xiaomi' },
		],
		default: 'fcm',
		description: 'The push service that issued the token',
		displayOptions: { show: { change: channelChanges, channel: ['androidpush'] } },
	},
	{
		displayName: 'Bundle ID',
		name: 'bundleId',
		type: 'string',
		default: '',
		placeholder: 'e.g. com.example.app',
		description: 'The app that the push token belongs to, if you have more than one app',
		displayOptions: { show: { change: channelChanges, channel: ['iospush'] } },
	},
];

/** The operations of an edit, as fields or as JSON. */
export const operationFields: INodeProperties[] = [
	{
		displayName: 'Specify Changes',
		name: 'operationsInput',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'fields',
	},
	{
		displayName: 'Changes',
		name: 'operations',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add change',
		default: {},
		description: 'The changes to make, in the order in which you list them',
		options: [{ displayName: 'Change', name: 'operation', values: oneOperation }],
		displayOptions: { show: { operationsInput: ['fields'] } },
	},
	{
		displayName: 'Changes',
		name: 'operationsJson',
		type: 'json',
		default: '[]',
		placeholder: 'e.g. [{"$set": {"plan": "pro"}}, {"$append": {"$email": "jane@example.com"}}]',
		description:
			"A list of objects with $set, $set_once, $append, $remove, $unset or $add, as described in SuprSend's documentation",
		displayOptions: { show: { operationsInput: ['json'] } },
	},
];

const advice = "set 'Specify Changes' to 'Using Fields Below'";

export function readOperations(fields: Fields): unknown {
	if (fields('operationsInput') === 'json') {
		const given = readJson(fields('operationsJson'), 'Changes', advice) ?? [];
		// Also accepts a single operation, or the whole body of the documentation's example.
		if (isObject(given)) return Array.isArray(given.operations) ? given.operations : [given];
		return given;
	}
	return entriesOf(fields('operations'), 'operation').map(toOperation);
}

export const operations: Field<z.infer<typeof operationsSchema>> = {
	properties: operationFields,
	schema: operationsSchema,
	read: readOperations,
};

function toOperation(entry: Record<string, unknown>): unknown {
	const { change = 'set', value, by, locale, timezone } = entry;
	const property = text(entry.property) ?? '';
	switch (change) {
		case 'set':
			return { $set: { [property]: value } };
		case 'setOnce':
			return { $set_once: { [property]: value } };
		case 'append':
			return { $append: { [property]: value } };
		case 'remove':
			return { $remove: { [property]: value } };
		case 'increment':
			return { $add: { [property]: readNumber(by) } };
		case 'unset':
			return { $unset: [property] };
		case 'setLocale':
			return { $set: { $locale: locale } };
		case 'setTimezone':
			return { $set: { $timezone: timezone } };
		case 'addChannel':
			return { $append: channelOf(entry) };
		case 'removeChannel':
			return { $remove: channelOf(entry) };
		case 'unsetChannel':
			return { $unset: [readChannel(entry).name] };
		default:
			throw new Error(`Unknown change '${String(change)}'`);
	}
}

function channelOf(entry: Record<string, unknown>): Record<string, unknown> {
	const { name, value = null } = readChannel(entry);
	return { [name]: value, ...qualifiersOf(name, entry) };
}

/** The provider and app of a push token: docs.suprsend.com/docs/node-create-user-profile. */
function qualifiersOf(name: string, { provider, bundleId }: Record<string, unknown>) {
	if (name === '$androidpush') return { $id_provider: text(provider) ?? 'fcm' };
	if (name === '$webpush') return { $id_provider: 'vapid' };
	if (name !== '$iospush') return {};
	return { $id_provider: 'apns', ...(text(bundleId) === undefined ? {} : { $bundle_id: text(bundleId) }) };
}

/** A channel's field, shown for changes to channels only. */
function forChannels(field: INodeProperties): INodeProperties {
	const isChannel = field.name === 'channel';
	const change = isChannel ? [...channelChanges, 'unsetChannel'] : channelChanges;
	return { ...field, displayOptions: { show: { ...field.displayOptions?.show, change } } };
}
