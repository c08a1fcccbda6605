import { mapValues, sum } from 'lodash';
import { demoCredentials } from '../host/demo';
import type { N8nChild } from '../host/n8n-child';
import { startN8n, type N8nOptions, type RunningN8n } from '../host/n8n-process';
import { Trigger } from '../host/trigger';
import { waitFor } from '../host/wait';
import { finishedBy, postgresEnvironment, startQueueMode } from '../queue/queue-mode';
import { startPostgres } from '../queue/services';
import { countArrivals, expectAllOnce } from './arrivals';
import { newBatch, postAll, requestsAtOnce, triggerSettings } from './posting';
import { cpuMsOfTree } from './process-usage';
import { benchQueueLimit, type QueueLimitResults } from './queue-limit';
import { medians } from './rounds';
import type { SandboxProcess } from './sandbox-process';
import type { Sizes } from './sizes';
import { suprSend } from './suprsend';

/** One process, and queue mode with a webhook processor and one or two workers. The last one uses large requests. */
export type QueueContender = 'regular' | 'oneWorker' | 'twoWorkers' | 'largeRequests';

export interface QueueFigures {
	eventsPerRequest: number;
	/** Events per second until the last request was answered. */
	acknowledgedPerSecond: number;
	/** Events per second until the last event was at the service. */
	deliveredPerSecond: number;
	/** How many cores were busy on average, until n8n was done. */
	coresBusy: number;
	/** How many executions each worker has run in all rounds. */
	executions: number[];
	/** CPU time per 100 events of each process that took part. */
	cpuMsPer100: Record<string, number>;
}

export interface QueueResults {
	/** A run. */
	events: number;
	requestsAtOnce: number;
	contenders: Record<QueueContender, QueueFigures>;
	limit: QueueLimitResults;
}

/** n8n with everything that it needs. */
interface Running {
	n8n: RunningN8n;
	workers: N8nChild[];
	/** IDs of the processes whose CPU time counts. */
	processes: Record<string, number | undefined>;
	stop(): Promise<void>;
}

type Options = Required<Pick<N8nOptions, 'packages' | 'credentials'>>;

const provider = 'suprsend';
const deliveryTimeoutMs = 120_000;

/** Sends the same events through one process of n8n and through queue mode with one and two workers. */
export async function benchQueue(
	sandbox: SandboxProcess,
	tarball: string,
	sizes: Sizes,
): Promise<QueueResults> {
	const options: Options = {
		packages: [tarball],
		credentials: demoCredentials(sandbox),
	};
	const inHundreds = async (running: Running) => await measure(running, sandbox, sizes, 100);
	return {
		events: sizes.queueEvents,
		requestsAtOnce,
		contenders: {
			regular: await inHundreds(await startRegular(options)),
			oneWorker: await inHundreds(await startQueue(options, 1)),
			twoWorkers: await inHundreds(await startQueue(options, 2)),
			largeRequests: await measure(await startQueue(options, 2), sandbox, sizes, 1_000),
		},
		limit: await benchQueueLimit(sandbox, tarball, sizes),
	};
}

async function startRegular(options: Options): Promise<Running> {
	const postgres = await startPostgres({ durable: true });
	try {
		const n8n = await startN8n({
			...options,
			logLevel: 'info',
			// As in queue mode.
			env: { ...postgresEnvironment(postgres), N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
		});
		const stop = async () => {
			await n8n.stop();
			await postgres.stop();
		};
		return { n8n, workers: [], processes: { main: n8n.pid, postgres: postgres.pid }, stop };
	} catch (error) {
		await postgres.stop();
		throw error;
	}
}

async function startQueue(options: Options, workerCount: number): Promise<Running> {
	const queue = await startQueueMode({ ...options, workers: workerCount, processors: 1, durable: true });
	const { n8n, workers, processors, redis, postgres, stop } = queue;
	const processes = {
		main: n8n.pid,
		processor: processors[0]?.pid,
		...Object.fromEntries(workers.map(({ pid }, index) => [`worker${index + 1}`, pid])),
		postgres: postgres.pid,
		redis: redis.pid,
	};
	return { n8n, workers, processes, stop };
}

async function measure(
	running: Running,
	sandbox: SandboxProcess,
	{ rounds, queueEvents }: Sizes,
	eventsPerRequest: number,
): Promise<QueueFigures> {
	const { n8n, workers, stop } = running;
	try {
		const { url } = await Trigger.add(n8n, {
			...triggerSettings,
			followedBy: [{ name: 'SuprSend', ...suprSend('sendMany') }],
		});
		const round = async () => {
			const batches = Array.from({ length: queueEvents / eventsPerRequest }, () =>
				newBatch(eventsPerRequest),
			);
			return await load(running, url, sandbox, batches);
		};
		// n8n's processes are slow until their code has run for a while.
		await round();
		const finishedBefore = finishedBy(workers);
		const runs = [];
		for (let index = 0; index < rounds; index++) runs.push(await round());
		return {
			eventsPerRequest,
			...medians(runs.map(({ speed }) => speed)),
			executions: finishedBy(workers).map((count, index) => count - (finishedBefore[index] ?? 0)),
			cpuMsPer100: medians(runs.map(({ cpuMsPer100 }) => cpuMsPer100)),
		};
	} finally {
		await stop();
	}
}

/** Sends events, several requests at once, and checks that every event has arrived. */
async function load(
	{ n8n, processes }: Running,
	url: string,
	sandbox: SandboxProcess,
	batches: Array<ReturnType<typeof newBatch>>,
) {
	await sandbox.reset();
	const bodies = batches.map((batch) => JSON.stringify(batch));
	const events = batches.flatMap(({ batch }) => batch);
	const cpuMs = () => ({
		...mapValues(processes, (pid = 0) => cpuMsOfTree(pid)),
		sender: ownCpuMs(),
		service: cpuMsOfTree(sandbox.pid),
	});

	const cpuBefore: Record<string, number> = cpuMs();
	const startedAt = performance.now();
	await postAll(url, bodies);
	const acknowledgedMs = performance.now() - startedAt;
	await waitFor(async () => (await sandbox.counts(provider)).records >= events.length || undefined, {
		what: `${events.length} events to be at the service`,
		timeoutMs: deliveryTimeoutMs,
		everyMs: 20,
	});
	const deliveredMs = performance.now() - startedAt;
	// n8n still has to save the executions.
	await n8n.waitUntilIdle();
	const idleAfterMs = performance.now() - startedAt;
	const cpuTaken = mapValues(cpuMs(), (ms, part) => ms - (cpuBefore[part] ?? 0));
	expectAllOnce(url, await countArrivals(sandbox, provider, events));
	return {
		speed: {
			acknowledgedPerSecond: (events.length / acknowledgedMs) * 1000,
			deliveredPerSecond: (events.length / deliveredMs) * 1000,
			coresBusy: sum(Object.values(cpuTaken)) / idleAfterMs,
		},
		cpuMsPer100: mapValues(cpuTaken, (ms) => (ms / events.length) * 100),
	};
}

/** Returns the CPU time of this process, which sends the events, without the processes that it has started. */
function ownCpuMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}
