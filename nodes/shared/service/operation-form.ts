import { groupBy, partition, sortBy, startCase, uniqBy } from 'lodash';
import { updateDisplayOptions, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';
import type { Operation, Provider } from './definition';
import {
	batchSize,
	eventNameFormat,
	keepOrder,
	requestOptions,
	respectIntegrations,
	retryUncertain,
} from './delivery-options';
import { entityFields } from './entities';
import { eventTypeOptions, operationsWith, sendsEveryType } from './event-choices';
import { eventField, eventsField, mappingMode, sampleEvent } from './mapping-mode';

/** Builds all parameters of a node: "Resource", "Operation", and those of every operation. */
export function operationProperties(provider: Provider): INodeProperties[] {
	return [...choices(provider), ...provider.operations.flatMap((each) => parametersOf(each, provider))];
}

/** "Resource", and for each resource "Operation". */
function choices({ operations }: Provider): INodeProperties[] {
	const byResource = Object.entries(groupBy(operations, 'resource'));
	const resources = byResource.map(([value]) => ({ name: nameOf(value), value }));
	return [
		choice('Resource', resources),
		...byResource.flatMap(([resource, group]) =>
			updateDisplayOptions({ show: { resource: [resource] } }, [
				choice(
					'Operation',
					group.map(({ operation: value, action, description }) => ({
						name: nameOf(value),
						value,
						action,
						description,
					})),
				),
			]),
		),
	];
}

function choice(displayName: string, options: INodePropertyOptions[]): INodeProperties {
	const first = options[0]?.value;
	return {
		displayName,
		name: displayName.toLowerCase(),
		type: 'options',
		noDataExpression: true,
		options: sortBy(options, 'name'),
		default: first,
	};
}

/** "sendMany" → "Send Many". n8n has a name of its own for "upsert". */
function nameOf(value: string): string {
	return value === 'upsert' ? 'Create or Update' : startCase(value);
}

function parametersOf(operation: Operation, provider: Provider): INodeProperties[] {
	const { resource, record } = operation;
	const [later, first] = partition(
		record.settings ?? [],
		(setting) => isOptional(setting) || dependsOnMode(setting),
	);
	const fields = [...first, ...withEntityFields(recordProperties(operation), operation), ...later];
	const [sort, others] = partition(fields, { name: 'sort' });
	return updateDisplayOptions({ show: { resource: [resource], operation: [operation.operation] } }, [
		...others,
		optionsOf(operation, provider),
		...sort,
	]);
}

/** Such a field comes after "Mapping Mode", which shows or hides it. */
function dependsOnMode({ displayOptions: { show, hide } = {} }: INodeProperties): boolean {
	return 'mappingMode' in { ...show, ...hide };
}

/** Collections such as "Additional Fields" come after the fields that users usually fill in. */
const isOptional = ({ type }: INodeProperties) => type === 'collection';

/** Puts "Return All", "Limit" and "Simplify" before collections such as "Filters". */
function withEntityFields(fields: INodeProperties[], { result }: Operation): INodeProperties[] {
	if (result?.entity === undefined) return fields;
	const [optional, others] = partition(fields, isOptional);
	return [...others, ...entityFields(result), ...optional];
}

function recordProperties({ summary, record: { fromEvent, properties } }: Operation): INodeProperties[] {
	if (fromEvent === undefined) return properties;
	const below = updateDisplayOptions({ show: { mappingMode: ['defineBelow'] } }, properties);
	return [mappingMode, sampleEvent, summary === true ? eventsField : eventField, ...below];
}

function optionsOf(operation: Operation, provider: Provider): INodeProperties {
	const { orderKey, record, resend } = operation;
	const options = operationsWith(operation).flatMap((each) => each.options ?? []);
	const readsEvents = record.fromEvent !== undefined;
	const sizes = [...operationsWith(operation), ...options.map(({ whenOn }) => whenOn)].map(
		(each) => each?.bulk?.maxRecords ?? 1,
	);
	const maxRecords = Math.max(...sizes);
	const properties = [
		...options.map(({ property }) => property),
		...requestOptions,
		...(readsEvents ? [respectIntegrations] : []),
		...(sendsEveryType(operation) ? [{ ...eventNameFormat, default: provider.nameFormat }] : []),
		...eventTypeOptions(operation),
		...(orderKey === undefined ? [] : [keepOrder]),
		...(maxRecords > 1 ? [batchSize(maxRecords)] : []),
		...(resend === 'ifAsked' ? [retryUncertain] : []),
	];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: uniqBy(properties, 'name').sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}
