import { runNode } from '../../engine/harness/run-node';
import { credentials } from '../../sandbox/credentials';
import { canonicalEvents, segmentBatch } from '../events';
import { median, takeTurns } from '../rounds';
import { requireShipped } from './shipped';
import { connectSandbox } from '../sandbox-process';
import type { Sizes } from '../sizes';
import { normalizeAll, timeOf } from './normalizing';

/** Microseconds per event, with few and with many events at once. */
export interface Growth {
	few: number;
	many: number;
}

export interface GrowingResults {
	events: Growth;
	normalise: Growth;
	sendMany: Growth;
}

/** Measures whether an event costs more together with many others. */
export async function benchGrowing({ growth, rounds }: Sizes, sandboxUrl: string): Promise<GrowingResults> {
	const { many } = growth;
	const normalise = (count: number) => {
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
	const sendMany = (count: number) => {
		const send = sendManyTo(sandboxUrl, count);
		return async () => {
			const times = Math.min(many / count, 10);
			let ms = 0;
			for (let done = 0; done < times; done++) ms += await send();
			return ms / times;
		};
	};
	return {
		events: growth,
		normalise: await measure(growth, rounds, normalise),
		sendMany: await measure(growth, rounds, sendMany),
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

const { SuprSend } = requireShipped<typeof import('../../../nodes/SuprSend/SuprSend.node')>(
	'nodes/SuprSend/SuprSend.node',
);

/** Runs SuprSend's Send Many in n8n's engine, with a sandbox in another process. Returns the duration. */
function sendManyTo(sandboxUrl: string, count: number): () => Promise<number> {
	const sandbox = connectSandbox(sandboxUrl);
	const items = canonicalEvents(count).map((event) => ({ ...event }));
	return async () => {
		await sandbox.reset();
		const startedAt = performance.now();
		const { error } = await runNode({
			node: 'suprSend',
			nodeType: new SuprSend(),
			parameters: { resource: 'event', operation: 'sendMany', mappingMode: 'canonicalEvent', options: {} },
			credentials: {
				suprSendApi: {
					...credentials.suprsend,
					authentication: 'workspace',
					baseUrl: sandbox.baseUrl('suprsend'),
				},
			},
			items,
		});
		const ms = performance.now() - startedAt;
		if (error) throw error;
		// Every event has its own key, and SuprSend stores a key once.
		const { records, deduplicated } = await sandbox.counts('suprsend');
		if (records === count && deduplicated === 0) return ms;
		throw new Error(`Of ${count} events ${records} arrived, and ${deduplicated} came twice`);
	};
}
