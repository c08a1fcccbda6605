import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { checkBaseUrl } from '../base-url';
import { nameFormats, type NameFormat } from '../event';
import { createClient } from './client';
import { executionClock } from './clock';
import { dispatch } from './dispatch';
import { setUpFailure } from './failure';
import type { Outcome, Place } from './outcome';
import type { ParameterReader } from './parameters';
import { Pace } from './pace';
import { planBatches } from './plan';
import { prepareItem, type ItemSource } from './prepare';
import { previewBatch } from './preview';
import type { Connection, Operation, OperationLimits, Outgoing, Provider } from './provider';
import { Sender } from './send';

/** The values of "Options" that senders share. */
interface DeliveryOptions {
	batchSize?: number;
	concurrency?: number;
	eventNameFormat?: NameFormat;
	keepOrder?: boolean;
	maxRetries?: number;
	/** Seconds. */
	maxWait?: number;
	previewOnly?: boolean;
	/** 0 stands for as many as the service takes. */
	requestsPerSecond?: number;
	respectIntegrations?: boolean;
	retryUncertain?: boolean;
	/** Seconds. */
	timeout?: number;
}

const defaults = { concurrency: 10, maxRetries: 8, maxWait: 60, timeout: 30 };

/** An expression may set anything; what is no number, or no known format, leaves the default. */
function usable(options: DeliveryOptions): DeliveryOptions {
	const within = (value: unknown, least: number, most: number): number | undefined => {
		const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		return typeof given === 'number' && Number.isFinite(given)
			? Math.min(most, Math.max(least, given))
			: undefined;
	};
	const { eventNameFormat } = options;
	return {
		...options,
		batchSize: within(options.batchSize, 1, Infinity),
		concurrency: within(options.concurrency, 1, 32),
		eventNameFormat:
			eventNameFormat !== undefined && Object.hasOwn(nameFormats, eventNameFormat)
				? eventNameFormat
				: undefined,
		maxRetries: within(options.maxRetries, 0, 20),
		maxWait: within(options.maxWait, 1, Infinity),
		requestsPerSecond: within(options.requestsPerSecond, 0, Infinity),
		// To the HTTP client 0 means to wait for ever.
		timeout: within(options.timeout, 0.1, 3600),
	};
}

/** What holds for all items of a run, read once. */
export interface Run {
	provider: Provider;
	operation: Operation;
	options: DeliveryOptions;
	connection: Connection;
	sender: Sender;
	/** Whether what may have been received is sent again. */
	repeatable: boolean;
}

export async function setUp(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	provider: Provider,
	operation: Operation,
): Promise<Run> {
	const credential = await context.getCredentials(provider.credentialType);
	const checked = checkBaseUrl(credential.baseUrl);
	if (!checked.ok) {
		throw new NodeOperationError(context.getNode(), checked.message, {
			description: `Open the ${provider.displayName} credential of this node and correct its 'Base URL'. Nothing was sent.`,
		});
	}
	const options = usable(parameters.read('options', 0) as DeliveryOptions);
	const connection = { ...provider.readCredential(credential), baseUrl: checked.baseUrl };
	const timeoutMs = (options.timeout ?? defaults.timeout) * 1000;
	const repeatable = operation.repeatable || options.retryUncertain === true;
	const clock = executionClock(context);
	const sender = new Sender({
		operation,
		client: createClient(context, { provider, connection, credential, timeoutMs }),
		clock,
		pace: new Pace({
			concurrency: options.concurrency ?? defaults.concurrency,
			requestsPerSecond: options.requestsPerSecond || undefined,
			clock,
		}),
		policy: {
			maxRetries: options.maxRetries ?? defaults.maxRetries,
			maxWaitMs: (options.maxWait ?? defaults.maxWait) * 1000,
			repeatable,
		},
		random: Math.random,
	});
	return { provider, operation, options, connection, sender, repeatable };
}

/** One thing to deliver. */
export interface Delivery {
	place: Place;
	/** Derived from the place in the input: for what brings no id of its own. */
	fallbackId: string;
	readSource: () => ItemSource;
}

/**
 * Delivers whatever comes, as it comes: only a bounded number of batches is held at a time.
 * @param onOutcome told once for each delivery, in no particular order
 */
export async function deliverAll(
	run: Run,
	deliveries: Iterable<Delivery>,
	onOutcome: (outcome: Outcome) => void,
): Promise<void> {
	const { operation, options } = run;
	const limits = { ...operation.limits, records: batchSize(operation.limits, options) };
	await dispatch(
		planBatches(prepareAll(run, deliveries, onOutcome), limits),
		(batch) => (options.keepOrder === false ? [] : batch.map(({ lane }) => lane)),
		4 * (options.concurrency ?? defaults.concurrency),
		async (batch, index) => {
			const outcomes = await settle(run, batch, index);
			outcomes.forEach(onOutcome);
		},
	);
}

/** Whatever goes wrong, every record of the batch has an outcome. */
async function settle(run: Run, batch: Outgoing[], index: number): Promise<Outcome[]> {
	try {
		if (run.options.previewOnly === true) return previewBatch(batch, index, run);
		return await run.sender.send(batch, index);
	} catch (error) {
		const failure = { ...setUpFailure(error), mayHaveBeenReceived: true };
		return batch.map(({ place, messageId }) => ({
			place,
			messageId,
			status: 'failed',
			failure,
			attempts: 0,
		}));
	}
}

function batchSize({ records }: OperationLimits, options: DeliveryOptions): number {
	return Math.min(records, options.batchSize ?? records);
}

function* prepareAll(
	{ provider, operation, options, connection }: Run,
	deliveries: Iterable<Delivery>,
	onOutcome: (outcome: Outcome) => void,
): Generator<Outgoing> {
	const nameFormat = nameFormats[options.eventNameFormat ?? provider.nameFormat];
	for (const { place, fallbackId, readSource } of deliveries) {
		const prepared = prepareItem(place, readSource, {
			operation,
			destination: provider.displayName,
			respectIntegrations: options.respectIntegrations ?? true,
			mapping: { messageId: fallbackId, nameFormat, facts: connection.facts },
		});
		if (prepared.ok) yield prepared.outgoing;
		else onOutcome(prepared.outcome);
	}
}
