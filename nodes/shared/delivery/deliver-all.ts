import { sleep } from 'n8n-workflow';
import { nameFormats } from '../event';
import { dispatch } from './dispatch';
import { setUpFailure } from './failure';
import type { Outcome } from './outcome';
import { prepareItem, type Delivery } from './prepare';
import type { Outgoing } from './provider';
import type { Run } from './run';

/** Enough to find other users in lists that are sorted by user. The bytes are those of the JSON that is sent. */
const lookAhead = { records: 1_000, bytes: 16 * 1024 * 1024 };

/**
 * Delivers whatever comes, as it comes: only a bounded number of records is held at a time.
 * @param onOutcome told once for each delivery, in no particular order
 */
export async function deliverAll(
	run: Run,
	deliveries: Iterable<Delivery>,
	onOutcome: (outcome: Outcome) => void,
): Promise<void> {
	const { operation, options } = run;
	const limits = operation.limits ?? { records: 1 };
	const records = Math.min(limits.records, options.batchSize);
	await dispatch(
		prepareAll(run, deliveries, onOutcome),
		{
			limits: { ...limits, records },
			lookAhead: { ...lookAhead, records: Math.max(lookAhead.records, options.concurrency * records) },
			sideBySide: 4 * options.concurrency,
		},
		async (batch, index) => {
			const outcomes = await settle(run, batch, index);
			outcomes.forEach(onOutcome);
		},
	);
}

/** For so long nothing else in n8n has a turn, answers that have come in included. In milliseconds. */
const longestTurn = 50;

async function* prepareAll(
	{ provider, operation, options, givenOptions, connection, timeZone }: Run,
	deliveries: Iterable<Delivery>,
	onOutcome: (outcome: Outcome) => void,
): AsyncGenerator<Outgoing> {
	const prepareOptions = {
		operation,
		destination: provider.displayName,
		respectIntegrations: options.respectIntegrations,
		keepOrder: options.keepOrder,
		retryUncertain: options.retryUncertain,
		nameFormat: nameFormats[options.eventNameFormat ?? provider.nameFormat],
		facts: connection.facts,
		timeZone,
		givenOptions,
	};
	let turnBegan = Date.now();
	for (const delivery of deliveries) {
		if (Date.now() - turnBegan > longestTurn) {
			await sleep(0);
			turnBegan = Date.now();
		}
		const prepared = prepareItem(delivery, prepareOptions);
		if (prepared.ok) yield prepared.outgoing;
		else onOutcome(prepared.outcome);
	}
}

/** Whatever goes wrong, every record of the batch has an outcome. */
async function settle(
	{ options, preview, sender }: Run,
	batch: Outgoing[],
	index: number,
): Promise<Outcome[]> {
	try {
		return options.previewOnly ? preview.batch(batch, index) : await sender.send(batch, index);
	} catch (error) {
		const failure = { ...setUpFailure(error), mayHaveBeenReceived: true };
		return batch.map(({ place, messageId, repeatable }) => ({
			place,
			messageId,
			status: 'failed',
			failure,
			repeatable,
			attempts: 0,
		}));
	}
}
