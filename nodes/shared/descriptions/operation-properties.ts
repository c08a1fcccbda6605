import { omit } from 'lodash';
import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import type { Operation, Provider } from '../delivery';
import { eventField, eventsField, mappingMode } from './mapping-mode';
import {
	batchSize,
	eventNameFormat,
	keepOrder,
	requestOptions,
	respectIntegrations,
	retryUncertain,
} from './options';

/** Everything below "Resource" and "Operation": each operation's own settings, fields and options. */
export function operationProperties(provider: Provider): INodeProperties[] {
	return provider.operations.flatMap((operation) => {
		const { resource, settings: own = [] } = operation;
		const settings = inModesOf(operation, own);
		return updateDisplayOptions({ show: { resource: [resource], operation: [operation.operation] } }, [
			...settings.filter((setting) => !isOptional(setting)),
			...recordProperties(operation),
			...settings.filter(isOptional),
			optionsOf(operation, provider),
		]);
	});
}

/** Where no mode can be chosen, the node may still hold the one of another operation. */
function inModesOf({ reports }: Operation, properties: INodeProperties[]): INodeProperties[] {
	return reports === 'summary' ? properties.map(inEveryMode) : properties;
}

function inEveryMode(property: INodeProperties): INodeProperties {
	const { displayOptions = {} } = property;
	const hide = omit(displayOptions.hide, 'mappingMode', '/mappingMode');
	return { ...property, displayOptions: { ...displayOptions, hide } };
}

/** "Additional Fields" come after what has to be filled in. */
const isOptional = ({ type }: INodeProperties) => type === 'collection';

function recordProperties({ fromEvent, reports, fields }: Operation): INodeProperties[] {
	if (reports === 'summary') return [eventsField];
	if (fromEvent === undefined) return fields;
	const below = updateDisplayOptions({ show: { mappingMode: ['defineBelow'] } }, fields);
	return [mappingMode, eventField, ...below];
}

function optionsOf(operation: Operation, provider: Provider): INodeProperties {
	const { options = [], addsUp, fromEvent, lane, limits, repeating, resource } = operation;
	const takesEvents = fromEvent !== undefined;
	const records = Math.max(
		limits?.records ?? 1,
		operation.variant?.({ sendInBulk: true })?.limits?.records ?? 1,
	);
	const choices = [
		...options,
		...requestOptions,
		...(takesEvents ? [respectIntegrations] : []),
		...(takesEvents && resource === 'event' ? [{ ...eventNameFormat, default: provider.nameFormat }] : []),
		...(lane === undefined ? [] : [keepOrder]),
		...(records > 1 ? [batchSize(records)] : []),
		// What adds up is never sent again, whatever is chosen.
		...(repeating === 'unwanted' && addsUp === undefined ? [retryUncertain] : []),
	];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: inModesOf(operation, choices).sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}
