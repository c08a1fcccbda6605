import { setSafeObjectProperty, type INodeProperties } from 'n8n-workflow';
import {
	entriesOf,
	isObject,
	keyValueFields,
	readJson,
	readKeyValues,
	timeOrNow,
	type Fields,
	type MappingContext,
} from '../shared';
import type { CustomEventParts } from './custom-event';
import { identifierValueField } from './identifier';

const timestamp: INodeProperties = {
	displayName: 'Timestamp',
	name: 'timestamp',
	type: 'dateTime',
	default: '',
	description:
		"When the event occurred, in the workflow's time zone unless the value contains a time zone. Leave empty to use the time at which the node runs.",
};

/** A collection of names and values. */
function rowsField(
	field: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
	row: { displayName: string; name: string; example: string },
	value: Pick<INodeProperties, 'type' | 'default' | 'placeholder'>,
): INodeProperties {
	const { displayName, name, example } = row;
	return {
		...field,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: `Add ${name}`,
		default: {},
		options: [
			{
				displayName,
				name,
				values: [
					{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: `e.g. ${example}` },
					{ displayName: 'Value', name: 'value', ...value },
				],
			},
		],
	};
}

const payloadDimensions = rowsField(
	{
		displayName: 'Payload Dimensions',
		name: 'payloadDimensions',
		description:
			"Text values to group by, such as the currency of a purchase. The node sends them in the custom event props, under payload_dimensions. Only the newer version of Embeddables' guide documents this key.",
	},
	{ displayName: 'Dimension', name: 'dimension', example: 'currency' },
	{ type: 'string', default: '', placeholder: 'e.g. USD' },
);

const payloadMetrics = rowsField(
	{
		displayName: 'Payload Metrics',
		name: 'payloadMetrics',
		description:
			"Numbers to measure, such as the revenue from a purchase. The node sends them in the custom event props, under payload_metrics. Only the newer version of Embeddables' guide documents this key.",
	},
	{ displayName: 'Metric', name: 'metric', example: 'revenue' },
	{ type: 'number', default: 0 },
);

/** The fields of a custom event in "Define Below", except for its name. */
export const customEventFields: INodeProperties[] = [
	identifierValueField,
	timestamp,
	...keyValueFields({
		name: 'customEventProps',
		displayName: 'Custom Event Props',
		description: 'Any custom properties of the event, which the node sends as a JSON string',
		example: '{"my_prop": "my_val"}',
	}),
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: [payloadDimensions, payloadMetrics],
	},
];

/** Reads `customEventFields`. */
export function readCustomEvent(fields: Fields, context: MappingContext): Omit<CustomEventParts, 'name'> {
	return {
		identifierValue: fields('identifierValue'),
		timestamp: new Date(timeOrNow(fields('timestamp'), 'timestamp', context)).toISOString(),
		props: readProps(fields),
	};
}

function readProps(fields: Fields): unknown {
	// The guide's examples show them as a JSON string, so they can be JSON within JSON.
	const props = readJson(readKeyValues(fields, 'customEventProps'), 'Custom Event Props') ?? {};
	if (!isObject(props)) return props;
	const { payloadMetrics, payloadDimensions } = fields('additionalFields') as Record<string, unknown>;
	return {
		...props,
		...readRows('payload_metrics', entriesOf(payloadMetrics, 'metric')),
		...readRows('payload_dimensions', entriesOf(payloadDimensions, 'dimension')),
	};
}

function readRows(prop: string, rows: Array<Record<string, unknown>>): Record<string, unknown> {
	if (rows.length === 0) return {};
	const values: Record<string, unknown> = {};
	for (const { name, value } of rows) setSafeObjectProperty(values, String(name), value);
	return { [prop]: values };
}
