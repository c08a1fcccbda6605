import type { IExecuteFunctions } from 'n8n-workflow';
import { accepted, type Checked } from '../checked';
import { nameFormats, type EventType } from '../event';
import { nodeRunId } from '../node-run';
import type { ParameterReader } from '../parameters';
import type { MappingContext, Operation, Provider } from '../service/definition';
import { isOn, readDeliveryOptions, type DeliveryOptions } from '../service/delivery-options';
import { operationForType } from '../service/event-choices';
import { operationName } from '../service/operations';
import { createClient } from './send/client';
import { executionClock, type Clock } from './send/clock';
import { connect } from './send/connection';
import { Preview } from './send/preview';
import { Sender } from './send/sender';
import { throttleOf } from './send/throttle';
import { userOrder, type UserOrder } from './send/user-order';

/** Everything that is the same for all items of a run. */
export interface Run extends Pick<MappingContext, 'account' | 'nameFormat' | 'options' | 'timeZone'> {
	provider: Provider;
	/** The chosen operation. In "Map Automatically", events of some types go to another one. */
	operation: Operation;
	/** Returns the operation for events of a type, or why they are skipped. */
	operationFor(type: EventType): Checked<Operation, string>;
	/** The operation's name in results, such as `event:send`. */
	name: string;
	deliveryOptions: DeliveryOptions;
	/** Identifies this run of the node. A retry by n8n has the same one. */
	nodeRun: string;
	/** When the run started, in epoch milliseconds. */
	startedAt: number;
	sender: Sender;
	/** Shared by all runs. */
	order: UserOrder;
	/** The same for every run that uses this credential and address. */
	accountKey: string;
	clock: Clock;
	preview: Preview;
}

/** Reads the credential and the options. Throws when they can't be used. */
export async function startRun(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	provider: Provider,
	chosen: Operation,
): Promise<Run> {
	const credential = await context.getCredentials(provider.credentialType);
	const connection = connect(context, provider, credential);
	// An expression in the options is evaluated for the first item.
	const options = parameters.read('options', 0) as Record<string, unknown>;
	const operation = variantOf(chosen, options);
	const deliveryOptions = readDeliveryOptions(options);
	const { concurrency, requestsPerSecond, maxRetries, maxWait, timeout } = deliveryOptions;
	const clock = executionClock(context);
	return {
		provider,
		operation,
		operationFor(type) {
			const checked = operationForType(operation, options, type);
			return checked.ok ? accepted(variantOf(checked.value, options)) : checked;
		},
		name: operationName(operation),
		options,
		deliveryOptions,
		account: connection.account,
		nameFormat: nameFormats[deliveryOptions.eventNameFormat ?? provider.nameFormat],
		timeZone: context.getTimezone(),
		nodeRun: nodeRunId(context),
		startedAt: Date.now(),
		sender: new Sender({
			provider,
			client: createClient(context, { provider, connection, credential, timeoutMs: timeout * 1000 }),
			clock,
			throttle: throttleOf(connection.key).join({
				concurrency,
				requestsPerSecond,
				maxWaitMs: maxWait * 1000,
				clock,
			}),
			policy: { maxRetries, maxWaitMs: maxWait * 1000 },
			random: Math.random,
		}),
		order: userOrder,
		accountKey: connection.key,
		clock,
		preview: new Preview(connection),
	};
}

/** Returns the operation that an option such as "Send in Bulk" replaces the chosen one with. */
export function variantOf(chosen: Operation, options: Record<string, unknown>): Operation {
	for (const { property, whenOn, whenOff } of chosen.options ?? []) {
		const { [property.name]: value = property.default } = options;
		const instead = isOn(value) ? whenOn : whenOff;
		if (instead !== undefined) return instead;
	}
	return chosen;
}
