import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mapValues } from 'lodash';
import { startN8n, type RunningN8n } from '../../host/n8n-process';
import { newBatch, post, postAll, requestsAtOnce } from '../posting';
import { cpuMsOfTree } from '../process-usage';
import { median, medians, takeTurns } from '../rounds';
import type { Sizes } from '../sizes';
import { addIntakes, eventsOf, expectSameEvents, type Intake, type TriggerContender } from './contenders';

export type { TriggerContender };

export interface IntakeFigures {
	/** Time from the first request until the last execution has ended. */
	eventsPerSecond: number;
	requestsPerSecond: number;
	/** CPU time of all of n8n per batch, including its task runner. */
	cpuMsPerBatch: number;
}

export interface TriggerResults {
	requestsAtOnce: number;
	engines: Array<{
		engine: ExpressionEngine;
		batches: Array<{
			batch: number;
			requests: number;
			contenders: Record<TriggerContender, IntakeFigures>;
		}>;
		/** CPU time of the trigger's own code, for a batch of 100 events. */
		nodeCpuMsPer100: number;
	}>;
}

/** n8n's expression engines, which decide most of a request's cost, even without expressions. */
export type ExpressionEngine = keyof typeof engineSettings;

const engineSettings = {
	vm: {},
	lazy: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
	legacy: { N8N_EXPRESSION_ENGINE: 'legacy' },
};

const endTimeoutMs = 180_000;

/** Turns batches into canonical items, with our trigger and with the built-in Webhook and a Code node. */
export async function benchTrigger(tarball: string, sizes: Sizes): Promise<TriggerResults> {
	const engines: TriggerResults['engines'] = [];
	for (const engine of ['vm', 'lazy', 'legacy'] as const) {
		engines.push(await benchEngine(engine, tarball, sizes));
	}
	return { requestsAtOnce, engines };
}

async function benchEngine(
	engine: ExpressionEngine,
	tarball: string,
	sizes: Sizes,
): Promise<TriggerResults['engines'][number]> {
	const folder = await mkdtemp(join(tmpdir(), 'customer-events-bench-'));
	const cpuFile = join(folder, 'node-cpu');
	const n8n = await startN8n({
		packages: [tarball],
		env: {
			...engineSettings[engine],
			N8N_RUNNERS_MODE: 'internal',
			NODE_OPTIONS: `--require ${join(__dirname, 'node-cpu.cjs')}`,
			BENCH_NODE_CPU_FILE: cpuFile,
		},
	});
	try {
		const intakes = await addIntakes(n8n);
		await compare(n8n, intakes);
		const batches: TriggerResults['engines'][number]['batches'] = [];
		for (const { batch, requests } of sizes.triggerRequests) {
			const runs = await takeTurns(
				mapValues(intakes, (intake) => async () => await load(n8n, intake, batch, requests)),
				sizes.rounds,
			);
			batches.push({ batch, requests, contenders: mapValues(runs, medians) });
		}
		const nodeCpuMsPer100 = await nodeCpu(n8n, intakes.ours, cpuFile);
		return { engine, batches, nodeCpuMsPer100 };
	} finally {
		await n8n.stop();
		await rm(folder, { recursive: true });
	}
}

/** Also warms both up. */
async function compare(
	n8n: RunningN8n,
	{ ours, webhookAndCode }: Record<TriggerContender, Intake>,
): Promise<void> {
	const body = newBody(100);
	const events = async (intake: Intake) => {
		await post(intake.url, body);
		const [ended] = await n8n.waitForExecutions(1, { workflowId: intake.workflowId });
		return await eventsOf(n8n, intake, [ended?.id ?? '']);
	};
	expectSameEvents(await events(ours), await events(webhookAndCode));
}

/** Posts batches, several at once, and checks that every event has arrived. */
async function load(
	n8n: RunningN8n,
	intake: Intake,
	batch: number,
	requests: number,
): Promise<IntakeFigures> {
	const { workflowId } = intake;
	const pid = n8n.pid ?? 0;
	const bodies = Array.from({ length: requests }, () => newBody(batch));
	const before = (await n8n.executions({ workflowId })).length;
	const cpuBefore = cpuMsOfTree(pid);
	const startedAt = Date.now();
	await postAll(intake.url, bodies);
	const ended = await n8n.waitForExecutions(before + requests, { workflowId }, endTimeoutMs);
	const cpuMs = cpuMsOfTree(pid) - cpuBefore;

	const own = ended.slice(0, requests);
	const failed = own.find(({ status }) => status !== 'success');
	if (failed) throw new Error(`Execution ${failed.id} is ${failed.status}`);
	await expectAllEvents(
		n8n,
		intake,
		own.map(({ id }) => id),
		batch,
	);
	const seconds =
		(Math.max(...own.map(({ stoppedAt }) => Number(new Date(stoppedAt ?? 0)))) - startedAt) / 1000;
	return {
		eventsPerSecond: (batch * requests) / seconds,
		requestsPerSecond: requests / seconds,
		cpuMsPerBatch: cpuMs / requests,
	};
}

async function expectAllEvents(n8n: RunningN8n, intake: Intake, ids: string[], batch: number): Promise<void> {
	if (intake.output === undefined) return;
	const events = await eventsOf(n8n, intake, ids);
	const different = new Set(events.map(({ messageId }) => messageId)).size;
	if (events.length === batch * ids.length && different === events.length) return;
	throw new Error(
		`${batch * ids.length} events were sent, ${events.length} arrived, ${different} of them different`,
	);
}

async function nodeCpu(n8n: RunningN8n, ours: Intake, cpuFile: string): Promise<number> {
	await rm(cpuFile, { force: true });
	for (let request = 0; request < 30; request++) {
		await post(ours.url, newBody(100));
		await n8n.waitUntilIdle();
	}
	const lines = (await readFile(cpuFile, 'utf8')).trim().split('\n');
	return median(lines.map(Number));
}

const newBody = (events: number) => JSON.stringify(newBatch(events));
