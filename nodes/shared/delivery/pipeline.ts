import { sleep } from 'n8n-workflow';
import type { Operation } from '../service/definition';
import { entitiesIn } from '../service/entities';
import { operationsWith } from '../service/event-choices';
import { setUpFailure } from '../service/failure';
import { Dispatcher } from './plan/dispatcher';
import { prepare } from './read/prepare';
import { ReusedKeys } from './read/reused-keys';
import type { Run } from './run';
import { warningsOf, type Outcome, type PreparedRecord, type ReadInput } from './stages';

/** How many records to buffer while looking for full batches and free users. Bytes are those of the JSON. */
const lookAhead = { records: 1_000, bytes: 16 * 1024 * 1024 };

/** How long preparing may keep Node.js busy before other work gets a turn, in milliseconds. */
const longestTurn = 50;

/**
 * Delivers inputs as they are read: prepares each one, groups records into batches and sends them. Holds a
 * bounded number of records at a time.
 * @param collect is called once for each input, in the order in which outcomes are known
 */
export async function deliver(
	run: Run,
	inputs: AsyncIterable<ReadInput>,
	collect: (outcome: Outcome) => void,
): Promise<void> {
	const { batchSize, concurrency } = run.deliveryOptions;
	const limitsOf = ({ bulk }: Operation) => ({
		maxRecords: Math.min(bulk?.maxRecords ?? 1, batchSize),
		maxBytes: bulk?.maxBytes,
	});
	const maxRecords = Math.max(...operationsWith(run.operation).map((each) => limitsOf(each).maxRecords));
	const dispatcher = new Dispatcher(
		{
			limitsOf,
			lookAhead: { ...lookAhead, records: Math.max(lookAhead.records, concurrency * maxRecords) },
			maxInFlight: 4 * concurrency,
		},
		async (batch, index) => {
			const records = new Map(batch.map((record) => [record.position, record]));
			for (const outcome of await send(run, batch, index)) {
				collect(withRecord(outcome, records.get(outcome.position), run.operation));
			}
		},
	);

	const reusedKeys = new ReusedKeys();
	let turnStarted = Date.now();
	for await (const input of inputs) {
		if (Date.now() - turnStarted > longestTurn) {
			await sleep(0);
			turnStarted = Date.now();
		}
		const prepared = input.ok ? prepare(input.value, run) : input;
		if (prepared.ok) await dispatcher.add(reusedKeys.check(prepared.value));
		else collect(prepared.reason);
	}
	await dispatcher.finish();
}

/** Adds to an outcome what the report needs to know about its record. */
function withRecord(outcome: Outcome, record: PreparedRecord | undefined, chosen: Operation): Outcome {
	if (record === undefined) return outcome;
	const { operation, subject, view } = record;
	const about = { ...outcome, subject, ...(operation === chosen ? {} : { operation }) };
	if (about.status !== 'delivered' || view === undefined) return about;
	const { entities, warnings } = entitiesIn(about.response, operation.result ?? {}, view);
	return { ...about, response: null, entities, warnings: [...about.warnings, ...warnings] };
}

/** Returns an outcome for every record of the batch, even after an unexpected error in our own code. */
async function send(
	{ accountKey, clock, deliveryOptions, order, preview, sender }: Run,
	batch: readonly PreparedRecord[],
	index: number,
): Promise<Outcome[]> {
	try {
		if (deliveryOptions.previewOnly) return preview.batch(batch, index);
		return await order.run(accountKey, batch, clock, async (inOrder) => await sender.send(inOrder, index));
	} catch (error) {
		const failure = { ...setUpFailure(error), mayHaveBeenReceived: true };
		return batch.map(({ position, messageId, resendable, warnings }) => ({
			position,
			messageId,
			status: 'failed',
			failure,
			resendable,
			attempts: 0,
			...warningsOf(warnings),
		}));
	}
}
