import type { N8nChild } from '../host/n8n-child';
import { startN8n, type N8nOptions, type RunningN8n } from '../host/n8n-process';
import { freePort } from '../host/ports';
import { startPostgres, startRedis, type Service } from './services';

/** The command of each kind of process. */
export const commands = { worker: ['worker', '--concurrency=10'], webhook: ['webhook'] };
export const mainAlone = { N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' };

/** n8n in several processes that share a Redis and a Postgres. The first processor answers its webhooks. */
export interface QueueMode {
	/** The main process. */
	n8n: RunningN8n;
	workers: N8nChild[];
	/** Processes that receive the webhooks. */
	processors: N8nChild[];
	redis: Service;
	postgres: Service;
	stop(): Promise<void>;
}

export interface QueueModeOptions extends Pick<N8nOptions, 'packages' | 'credentials'> {
	workers: number;
	processors: number;
	/** Whether Postgres writes to disk before it answers. */
	durable: boolean;
}

/** Starts all processes. They are ready for workflows when this returns. */
export async function startQueueMode(options: QueueModeOptions): Promise<QueueMode> {
	const stops: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (const stopOne of stops.splice(0).reverse()) await stopOne();
	};
	try {
		const redis = await startRedis();
		stops.push(() => redis.stop());
		const postgres = await startPostgres(options);
		stops.push(() => postgres.stop());

		const webhookPort = String(await freePort());
		const n8n = await startN8n({
			...options,
			webhookUrl: `http://127.0.0.1:${webhookPort}`,
			logLevel: 'info',
			env: { ...queueEnvironment(redis, postgres), ...mainAlone },
		});
		stops.push(() => n8n.stop());
		const workers = await several(options.workers, (index) =>
			n8n.newProcess(`worker-${index}`, commands.worker),
		);
		const processors = await several(options.processors, (index) =>
			n8n.newProcess(`processor-${index}`, commands.webhook, index === 0 ? { N8N_PORT: webhookPort } : {}),
		);
		const helpers = [...workers, ...processors];
		stops.push(async () => void (await Promise.all(helpers.map((helper) => helper.end('SIGTERM')))));
		await Promise.all(helpers.map((helper) => helper.start()));
		return { n8n, workers, processors, redis, postgres, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** Returns variables that every process needs in addition to n8nEnvironment(). */
export function queueEnvironment(
	redis: Pick<Service, 'port'>,
	postgres: Pick<Service, 'port'>,
): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
		...postgresEnvironment(postgres),

		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',

		// Workers don't look for jobs that lost their worker, because n8n would delete the events in them.
		QUEUE_WORKER_STALLED_INTERVAL: '0',
		// For the test in which a worker does look.
		QUEUE_WORKER_LOCK_DURATION: '3000',
		QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
	};
}

/** Returns variables for an n8n that uses this Postgres. */
export function postgresEnvironment({ port }: Pick<Service, 'port'>): Record<string, string> {
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'postgres',
		DB_POSTGRESDB_PASSWORD: 'unused',
	};
}

/** Returns how many executions each worker has finished. */
export function finishedBy(workers: readonly N8nChild[]): number[] {
	return workers.map((worker) => worker.log().match(/Worker finished execution/g)?.length ?? 0);
}

async function several<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
	const made: T[] = [];
	for (let index = 0; index < count; index++) made.push(await make(index));
	return made;
}
