import { demoCredentials } from '../host/demo';
import { Trigger } from '../host/trigger';
import { startQueueMode } from '../queue/queue-mode';
import { countArrivals } from './arrivals';
import { relationKit } from './one-each';
import { newBatch, postAll, triggerSettings } from './posting';
import type { SandboxProcess } from './sandbox-process';
import { prepare } from './sending';
import type { Sizes } from './sizes';

/** How workers, which share nothing, get along with a service that limits the requests per second. */
export interface QueueLimitFigures {
	workers: number;
	/** Whether Requests per Second is set, to the service's limit divided by the number of workers. */
	divided: boolean;
	/** Refused requests are repeated, so there are more requests than events. */
	requestsPerEvent: number;
	/** Of the requests that the service allows while the events arrive. */
	shareOfLimit: number;
	lost: number;
	twice: number;
}

export interface QueueLimitResults {
	events: number;
	eventsPerRequest: number;
	requestsPerSecond: number;
	runs: QueueLimitFigures[];
}

const provider = 'relationkit';
const requestsPerSecond = 100;
const eventsPerRequest = 10;
const endTimeoutMs = 180_000;

/** Each run has its own n8n, because workers remember for a while what a service takes. */
export async function benchQueueLimit(
	sandbox: SandboxProcess,
	tarball: string,
	{ limitedEvents }: Sizes,
): Promise<QueueLimitResults> {
	const runs: QueueLimitFigures[] = [];
	for (const workers of [2, 4]) {
		for (const divided of [false, true]) {
			runs.push({
				workers,
				divided,
				...(await runOnce(sandbox, tarball, limitedEvents, { workers, divided })),
			});
		}
	}
	return { events: limitedEvents, eventsPerRequest, requestsPerSecond, runs };
}

async function runOnce(
	sandbox: SandboxProcess,
	tarball: string,
	count: number,
	{ workers, divided }: Pick<QueueLimitFigures, 'workers' | 'divided'>,
) {
	const { n8n, stop } = await startQueueMode({
		packages: [tarball],
		credentials: demoCredentials(sandbox),
		workers,
		processors: 1,
		durable: true,
	});
	try {
		const options = divided ? { requestsPerSecond: requestsPerSecond / workers } : {};
		const { url } = await Trigger.add(n8n, {
			...triggerSettings,
			followedBy: [{ name: 'RelationKit', ...relationKit(options) }],
		});
		const batches = Array.from({ length: count / eventsPerRequest }, () => newBatch(eventsPerRequest));
		await prepare(sandbox, { provider, latencyMs: 20, requestsPerSecond });
		await postAll(
			url,
			batches.map((batch) => JSON.stringify(batch)),
		);
		await n8n.waitUntilIdle(endTimeoutMs);

		const events = batches.flatMap(({ batch }) => batch);
		const { requests, lost, twice } = await countArrivals(sandbox, provider, events);
		const times = (await sandbox.records(provider)).map(({ at }) => at);
		const seconds = (Math.max(...times) - Math.min(...times)) / 1000;
		// The service allows as many as in a second at once in the beginning.
		const allowed = requestsPerSecond * (1 + seconds);
		return { requestsPerEvent: requests / count, shareOfLimit: times.length / allowed, lost, twice };
	} finally {
		await stop();
	}
}
