import { isGiven, type CanonicalEvent, type EventType } from '../event';
import type { Operation, OperationOption, ProviderRequest } from './definition';
import { isOn } from './delivery-options';

/** An operation's name in results, such as `event:send`. */
export function operationName({ resource, operation }: Pick<Operation, 'resource' | 'operation'>): string {
	return `${resource}:${operation}`;
}

/**
 * The same operation with one summary instead of a result for each item, such as Send Many for Send.
 * @param settings replace the operation's own, where some make no sense for many events
 */
export function asSummary<R extends object>(
	operation: Operation<R>,
	{ action, description }: Pick<Operation, 'action' | 'description'>,
	settings = operation.record.settings,
): Operation<R> {
	const record = { ...operation.record, settings };
	return {
		...operation,
		operation: `${operation.operation}Many`,
		action,
		description,
		record,
		summary: true,
	};
}

/** What Send Many is called at every service. */
export const manyEvents = {
	action: 'Send many events',
	description: 'Send all input items as events and return one summary',
};

/** What AI assistants should know about the node of a service. */
export const destinationHint =
	'For customer events, use a single node with Event: Send and Mapping Mode "Map Automatically". The node uses identify events to update the person and sends other events in order. For rows and other JSON, use "Define Below".';

/** For Event: Send. Identify events update the person, by this operation, unless the user chooses otherwise. */
export function updatesThePerson(operation: Operation): Operation['eventChoices'] {
	const description = 'Create or update the person';
	const choice = {
		name: 'Update the Person',
		value: 'update',
		description,
		operation,
		isDefault: true,
	} as const;
	return { identify: [choice] };
}

/** A `skips` rule: Identify accepts identify events only. */
export const identifyEventsOnly = onlyAccepts('Identify', 'identify');

/** A `skips` rule for an operation that accepts events of one type only. */
export function onlyAccepts(operation: string, accepted: EventType) {
	return ({ type }: CanonicalEvent): string | undefined => {
		const article = /^[aeiou]/.test(type) ? 'an' : 'a';
		return type === accepted
			? undefined
			: `${operation} accepts only ${accepted} events, and this is ${article} ${type} event`;
	};
}

/**
 * The option "Ensure Customer Exists", for services that expect to know a customer before the first event:
 * one more request for each customer in a run.
 */
export function ensureCustomerExists<R extends object>(how: {
	description: string;
	/** The ID of the customer that a record belongs to. */
	customerOf: (record: R) => string;
	/** The request that creates the customer. */
	request: (id: string) => ProviderRequest;
}): OperationOption<R> {
	return {
		property: {
			displayName: 'Ensure Customer Exists',
			name: 'ensureCustomerExists',
			type: 'boolean',
			default: false,
			description: how.description,
		},
		prerequisite(record, { options }) {
			if (!isOn(options.ensureCustomerExists)) return undefined;
			const id = how.customerOf(record);
			return { purpose: 'Ensure Customer Exists', once: id, request: how.request(id) };
		},
	};
}

/** A result's `items`: the entries of a list, none for an empty body, or the body itself. */
export function listOf(body: unknown): unknown[] {
	if (Array.isArray(body)) return body;
	return isGiven(body) ? [body] : [];
}
