import type { IExecuteFunctions } from 'n8n-workflow';
import { createClient } from './client';
import { executionClock } from './clock';
import { connect } from './connect';
import { readOptions, type DeliveryOptions } from './options';
import { Pace } from './pace';
import type { Fields, ParameterReader } from '../parameters';
import { Preview } from './preview';
import type { Connection, Operation, Provider } from './provider';
import { Sender } from './send';

/** What holds for all items of a run, read once. */
export interface Run {
	provider: Provider;
	operation: Operation;
	options: DeliveryOptions;
	connection: Connection;
	timeZone: string;
	sender: Sender;
	preview: Preview;
	/** Makes the node's options those of the run: an expression in them is worked out for the first item. */
	withOptions: (fields: Fields) => Fields;
}

export async function setUp(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	provider: Provider,
	chosen: Operation,
): Promise<Run> {
	const credential = await context.getCredentials(provider.credentialType);
	const connection = connect(context, provider, credential);
	const given = parameters.read('options', 0) as Record<string, unknown>;
	const operation = chosen.variant?.(given) ?? chosen;
	const options = readOptions(given);
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
	const withOptions =
		(fields: Fields): Fields =>
		(name) =>
			name === 'options' ? given : fields(name);
	return { provider, operation, options, connection, timeZone, sender, preview, withOptions };
}
