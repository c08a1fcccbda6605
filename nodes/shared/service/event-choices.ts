import { sortBy } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';
import { accepted, notAccepted, type Checked } from '../checked';
import type { EventType } from '../event';
import type { EventChoice, Operation, TypeWithChoice } from './definition';

/** What "Map Automatically" does with events that aren't only something that happened, as options of Event: Send. */

const labels: Record<TypeWithChoice, string> = {
	alias: 'Alias Events',
	group: 'Group Events',
	identify: 'Identify Events',
};

const typesWithChoice = Object.keys(labels) as TypeWithChoice[];

const sendAsEvent = { name: 'Send as an Event', value: 'event' };
const skip = { name: 'Skip', value: 'skip' };

/** Whether an operation accepts events of every type and sends them as events. */
export function sendsEveryType({ resource, record }: Operation): boolean {
	return resource === 'event' && record.fromEvent !== undefined;
}

/** The options of an operation that sends events of every type. */
export function eventTypeOptions(operation: Operation): INodeProperties[] {
	if (!sendsEveryType(operation)) return [];
	return typesWithChoice.map((type) => {
		const choices = operation.eventChoices?.[type] ?? [];
		const byDefault = defaultOf(choices)?.value ?? sendAsEvent.value;
		const others = choices.map(({ name, value, description }) => ({ name, value, description }));
		return {
			displayName: labels[type],
			name: `${type}Events`,
			type: 'options',
			options: sortBy([...others, sendAsEvent, skip], 'name'),
			default: byDefault,
			description: `What to do with ${type} events`,
			displayOptions: { hide: { '/mappingMode': ['defineBelow'] } },
		};
	});
}

/** All operations that a run of an operation may use. */
export function operationsWith(operation: Operation): Operation[] {
	const choices = typesWithChoice.flatMap((type) => operation.eventChoices?.[type] ?? []);
	return [operation, ...choices.map((choice) => choice.operation)];
}

/**
 * Returns the operation for events of a type, or why they are skipped.
 * @param options the node's "Options". An unknown value means the default.
 */
export function operationForType(
	operation: Operation,
	options: Record<string, unknown>,
	type: EventType,
): Checked<Operation, string> {
	if (!hasChoice(type) || !sendsEveryType(operation)) return accepted(operation);
	const chosen = options[`${type}Events`];
	if (chosen === skip.value) return notAccepted(`'${labels[type]}' is set to '${skip.name}'`);
	if (chosen === sendAsEvent.value) return accepted(operation);
	const choices = operation.eventChoices?.[type] ?? [];
	const choice = choices.find(({ value }) => value === chosen) ?? defaultOf(choices);
	return accepted(choice?.operation ?? operation);
}

/** How to send events of a type as events, for what the operation for that type can't accept. */
export function adviceToSendAsEvent(type: EventType): string | undefined {
	return hasChoice(type)
		? `To send this item as an event, set the option '${labels[type]}' to '${sendAsEvent.name}'.`
		: undefined;
}

function hasChoice(type: EventType): type is TypeWithChoice {
	return Object.hasOwn(labels, type);
}

function defaultOf(choices: readonly EventChoice[]): EventChoice | undefined {
	return choices.find(({ isDefault }) => isDefault === true);
}
