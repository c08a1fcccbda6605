import { segmentBatch } from '../events';
import { median, takeTurns } from '../rounds';
import type { Sizes } from '../sizes';
import { normalizeAll, timeOf } from './normalizing';
import { sendingTo, type SendOperation } from './sending';

/** A figure with few and with many events at once. */
export interface Growth {
	few: number;
	many: number;
}

/** Microseconds per event. */
export interface GrowingResults {
	events: Growth;
	normalize: Growth;
	send: Growth;
	sendMany: Growth;
}

/** Measures whether an event costs more together with many others. */
export async function benchGrowing({ growth, rounds }: Sizes, sandboxUrl: string): Promise<GrowingResults> {
	const { many } = growth;
	const normalize = (count: number) => {
		const batch = segmentBatch(count);
		// Repeated so that both do the same work, with small lists and with one long list.
		return async () => {
			const times = many / count;
			const ms = timeOf(() => {
				for (let done = 0; done < times; done++) normalizeAll([batch]);
			});
			return ms / times;
		};
	};
	const sending = (operation: SendOperation) => (count: number) => {
		const send = sendingTo(sandboxUrl, operation, count);
		return async () => {
			const times = Math.min(many / count, 10);
			let ms = 0;
			for (let done = 0; done < times; done++) ms += await send();
			return ms / times;
		};
	};
	return {
		events: growth,
		normalize: await measure(growth, rounds, normalize),
		send: await measure(growth, rounds, sending('send')),
		sendMany: await measure(growth, rounds, sending('sendMany')),
	};
}

async function measure(
	{ few, many }: Growth,
	rounds: number,
	workFor: (count: number) => () => Promise<number>,
): Promise<Growth> {
	const work = { few: workFor(few), many: workFor(many) };
	// Otherwise, the first one would also pay for the compiler.
	await work.few();
	const perEvent = (ms: number, count: number) => (ms * 1000) / count;
	const runs = await takeTurns(work, rounds);
	return { few: perEvent(median(runs.few), few), many: perEvent(median(runs.many), many) };
}
