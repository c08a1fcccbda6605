import type { IExecuteFunctions } from 'n8n-workflow';
import { createClient } from './client';
import { executionClock } from './clock';
import { connect } from './connect';
import { readOptions, type DeliveryOptions } from './options';
import { Pace } from './pace';
import type { ParameterReader } from '../parameters';
import { Preview } from './preview';
import type { Connection, Operation, Provider } from './provider';
import { Sender } from './send';

/** What holds for all items of a run, read once. */
export interface Run {
	provider: Provider;
	operation: Operation;
	/** The operation as results name it, e.g. `event:send`. */
	name: string;
	options: DeliveryOptions;
	connection: Connection;
	timeZone: string;
	sender: Sender;
	preview: Preview;
	/** "Options" as they were filled in: an expression in them is worked out for the first item. */
	givenOptions: Record<string, unknown>;
}

export async function setUp(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	provider: Provider,
	chosen: Operation,
): Promise<Run> {
	const credential = await context.getCredentials(provider.credentialType);
	const connection = connect(context, provider, credential);
	const givenOptions = parameters.read('options', 0) as Record<string, unknown>;
	const operation = chosen.variant?.(givenOptions) ?? chosen;
	const name = `${operation.resource}:${operation.operation}`;
	const options = readOptions(givenOptions);
	const { concurrency, requestsPerSecond, maxRetries, maxWait, timeout } = options;
	const clock = executionClock(context);
	const sender = new Sender({
		operation,
		client: createClient(context, { provider, connection, credential, timeoutMs: timeout * 1000 }),
		clock,
		pace: new Pace({ concurrency, requestsPerSecond, clock }),
		policy: { maxRetries, maxWaitMs: maxWait * 1000 },
		random: Math.random,
	});
	const preview = new Preview(operation, connection);
	const timeZone = context.getTimezone();
	return { provider, operation, name, options, connection, timeZone, sender, preview, givenOptions };
}
