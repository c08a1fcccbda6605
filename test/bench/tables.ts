import { sum } from 'lodash';
import type { CoreResults } from './core/core';
import type { MemoryResults } from './core/memory';
import { goalsOf } from './goals';
import {
	engineNames,
	milliseconds,
	oneEachNames,
	processNames,
	queueNames,
	seconds,
	suprSendNames,
	thousands,
	times,
	triggerNames,
} from './names';
import type { Machine } from './machine';
import type { OneEachContender, OneEachResults } from './one-each';
import type { QueueContender, QueueFigures, QueueResults } from './queue';
import type { QueueLimitResults } from './queue-limit';
import { sizesOf, type Group, type GroupResults, type QueueRun, type Results } from './results';
import type { SendingFigures } from './sending';
import type { SuprSendContender, SuprSendResults } from './suprsend';
import type { TriggerContender, TriggerResults } from './trigger/trigger';

/** Rows of cells. The first row is the head. */
export type Table = string[][];

/** Returns tables by their name in the page. */
export function tablesOf(results: Results): Record<string, Table> {
	return {
		goals: goalTable(results),
		machine: machineTable(results),
		...tablesOfGroup.suprsend(results.suprsend),
		...tablesOfGroup.oneEach(results.oneEach),
		...tablesOfGroup.trigger(results.trigger),
		...tablesOfGroup.core(results.core),
	};
}

export function queueTablesOf(run: QueueRun): Record<string, Table> {
	return { 'queue machine': queueMachineTable(run), ...tablesOfGroup.queue(run.queue) };
}

export const tablesOfGroup: { [G in Group]: (results: GroupResults[G]) => Record<string, Table> } = {
	suprsend: (results) => ({ suprsend: suprSendTable(results), 'suprsend split': splitTable(results) }),
	oneEach: (results) => ({ 'one each': oneEachTable(results), 'rate limit': limitTable(results) }),
	trigger: (results) => ({ trigger: triggerTable(results), 'trigger cpu': triggerCpuTable(results) }),
	core: (results) => ({
		normalize: normalizeTable(results),
		verify: verifyTable(results),
		growth: growthTable(results),
		memory: memoryTable(results.growing, results.memory),
	}),
	queue: (results) => ({
		'queue speed': queueSpeedTable(results),
		'queue cpu': queueCpuTable(results),
		'queue capacity': capacityTable(results),
		'queue limit': queueLimitTable(results.limit),
	}),
};

function goalTable(results: Results): Table {
	return [
		['Goal', 'Measured', 'Met'],
		...goalsOf(results).map(({ goal, measured, met }) => [goal, measured, met ? 'yes' : '**no**']),
	];
}

function machineTable(results: Results): Table {
	const { takenAt, rounds, machine, sandbox } = results;
	const sizes = sizesOf(results);
	return [
		['Setting', 'Value'],
		['date', takenAt.slice(0, 10)],
		['runs per contender (the tables show the median)', String(rounds)],
		['events to SuprSend per run', thousands(sizes.suprSendEvents)],
		['events to RelationKit per run', thousands(sizes.oneEachEvents)],
		['events to RelationKit per run, with a rate limit', thousands(sizes.limitedEvents)],
		[
			'requests to the trigger per run × events per request',
			sizes.triggerRequests.map(({ batch, requests }) => `${requests} × ${thousands(batch)}`).join(', '),
		],
		['events normalized per run', thousands(sizes.normalizeEvents)],
		...machineRows(machine),
		[
			'requests the sandbox can handle, one event per request',
			`${thousands(sandbox.requestsPerSecond)} per second`,
		],
		['events the sandbox can handle, 100 per request', `${thousands(sandbox.eventsPerSecond)} per second`],
	];
}

function machineRows({ cores, cpu, memoryGb, system, n8n, node, loadBefore }: Machine): Table {
	return [
		['CPU', `${cores} × ${cpu}`],
		['memory', `${memoryGb} GB`],
		['system', system],
		['n8n', n8n],
		['Node.js', node],
		['load average before the run', loadBefore.toFixed(2)],
	];
}

function suprSendTable({ runs }: SuprSendResults): Table {
	return [
		[
			...[
				'SuprSend responds after',
				'Sent with',
				'Time',
				'Speed vs. HTTP Request',
				'Requests',
				'Sockets at once',
			],
			...['CPU time', 'Peak memory'],
		],
		...runs.flatMap(({ latencyMs, contenders }) =>
			(Object.keys(suprSendNames) as SuprSendContender[]).map((name) => {
				const figures = contenders[name];
				return [
					`${latencyMs} ms`,
					suprSendNames[name],
					seconds(figures.wallMs),
					times(contenders.httpRequest.wallMs / figures.wallMs),
					...requestCells(figures),
				];
			}),
		),
	];
}

function splitTable({ runs, noOp }: SuprSendResults): Table {
	return [
		['Duration of Send Many', ...runs.map(({ latencyMs }) => `at ${latencyMs} ms`)],
		['whole execution', ...runs.map(({ contenders }) => seconds(contenders.sendMany.wallMs))],
		[
			'the SuprSend node in this execution',
			...runs.map(({ contenders }) => seconds(contenders.sendMany.nodeMs)),
		],
		[
			'the execution with a node that does nothing, instead of the SuprSend node',
			...runs.map(() => seconds(noOp.wallMs)),
		],
		["SuprSend's SDK, for comparison", ...runs.map(({ contenders }) => seconds(contenders.sdk.wallMs))],
	];
}

function oneEachTable({ unlimited: { contenders } }: OneEachResults): Table {
	return [
		['Sent with', 'Time', 'Speed vs. HTTP Request', 'Requests', 'Sockets at once', 'CPU time', 'Peak memory'],
		...Object.entries(oneEachNames).map(([name, shown]) => {
			const figures = contenders[name as OneEachContender];
			const speed = times(contenders.httpRequest.wallMs / figures.wallMs);
			return [shown, seconds(figures.wallMs), speed, ...requestCells(figures)];
		}),
	];
}

function limitTable({ limited: { events, contenders } }: OneEachResults): Table {
	return [
		['Sent with', 'Delivered', 'Lost', 'Delivered twice', 'Requests', 'Time'],
		...(['ours', 'httpRequest'] as const).map((name) => {
			const { delivered, lost, twice, requests, wallMs } = contenders[name];
			return [
				oneEachNames[name],
				`${thousands(delivered)} of ${thousands(events)}`,
				...[lost, twice, requests].map(thousands),
				seconds(wallMs),
			];
		}),
	];
}

function requestCells({ requests, peakSockets, cpuMs, peakMemoryMb }: SendingFigures): string[] {
	return [thousands(requests), thousands(peakSockets), seconds(cpuMs), `${thousands(peakMemoryMb)} MB`];
}

function triggerTable({ engines }: TriggerResults): Table {
	const sizes = engines[0]?.batches.map(({ batch }) => batch) ?? [];
	return [
		['Expression engine', 'Received with', ...sizes.map((size) => `${thousands(size)} per request`)],
		...engines.flatMap(({ engine, batches }) => [
			...(Object.keys(triggerNames) as TriggerContender[]).map((name) => [
				engineNames[engine],
				triggerNames[name],
				...batches.map(({ contenders }) => thousands(contenders[name].eventsPerSecond)),
			]),
			[
				engineNames[engine],
				'speed of the trigger vs. Webhook + Code',
				...batches.map(({ contenders: { ours, webhookAndCode } }) =>
					times(ours.eventsPerSecond / webhookAndCode.eventsPerSecond),
				),
			],
		]),
	];
}

function triggerCpuTable({ engines }: TriggerResults): Table {
	const sizes = engines[0]?.batches.map(({ batch }) => batch) ?? [];
	return [
		['Expression engine', 'Received with', ...sizes.map((size) => `${thousands(size)} per request`)],
		...engines.flatMap(({ engine, batches }) =>
			(Object.keys(triggerNames) as TriggerContender[]).map((name) => [
				engineNames[engine],
				triggerNames[name],
				...batches.map(({ contenders }) => milliseconds(contenders[name].cpuMsPerBatch)),
			]),
		),
	];
}

function normalizeTable({ normalizing: { ours, segment } }: CoreResults): Table {
	return [
		['Code', 'Events per second', 'Microseconds per event'],
		...[
			['**this package**: normalize, including validation', ours] as const,
			["Segment's actions-core: transform and validateSchema", segment] as const,
		].map(([name, perSecond]) => [name, thousands(perSecond), (1e6 / perSecond).toFixed(1)]),
	];
}

function verifyTable({ verifying }: CoreResults): Table {
	return [
		[
			...['Body', '**this package**', 'standardwebhooks', 'svix', 'this package vs. standardwebhooks'],
			"Node.js's HMAC alone",
			'HMAC alone vs. standardwebhooks',
		],
		...verifying.map(({ kilobytes, ours, standardwebhooks, svix, hmacAlone }) => [
			`${kilobytes} KB`,
			...[ours, standardwebhooks, svix].map((perSecond) => `${thousands(perSecond)}/s`),
			times(ours / standardwebhooks),
			`${thousands(hmacAlone)}/s`,
			times(hmacAlone / standardwebhooks),
		]),
	];
}

const growthNames = {
	normalize: 'normalize',
	send: 'SuprSend node, Send',
	sendMany: 'SuprSend node, Send Many',
};

function growthTable({ growing: { events, normalize, send, sendMany } }: CoreResults): Table {
	return [
		[
			'Microseconds per event',
			`${thousands(events.few)} at once`,
			`${thousands(events.many)} at once`,
			'Ratio',
		],
		...Object.entries({ normalize, send, sendMany }).map(([name, { few, many }]) => [
			growthNames[name as keyof typeof growthNames],
			few.toFixed(1),
			many.toFixed(1),
			times(many / few),
		]),
	];
}

function memoryTable({ events }: CoreResults['growing'], { send, sendMany }: MemoryResults): Table {
	return [
		[
			'Memory in addition to the events',
			`${thousands(events.few)} at once`,
			`${thousands(events.many)} at once`,
		],
		...Object.entries({ send, sendMany }).map(([name, { few, many }]) => [
			growthNames[name as keyof typeof growthNames],
			`${thousands(few)} MB`,
			`${thousands(many)} MB`,
		]),
	];
}

function queueMachineTable({ takenAt, rounds, machine, queue }: QueueRun): Table {
	return [
		['What', 'Value'],
		['date', takenAt.slice(0, 10)],
		['runs (the tables show the median)', String(rounds)],
		['events per run', thousands(queue.events)],
		['requests at the same time', String(queue.requestsAtOnce)],
		...machineRows(machine),
	];
}

function queueSpeedTable({ contenders }: QueueResults): Table {
	const row = (label: string, cell: (figures: QueueFigures) => string) => [
		label,
		...Object.values(contenders).map(cell),
	];
	return [
		['Events per second', ...queueHeads(contenders)],
		row('acknowledged', ({ acknowledgedPerSecond }) => thousands(acknowledgedPerSecond)),
		row('delivered', ({ deliveredPerSecond }) => thousands(deliveredPerSecond)),
		row('busy cores', ({ coresBusy }) => coresBusy.toFixed(1)),
		row('executions per worker, in all runs together', ({ executions }) =>
			executions.map(thousands).join(' + '),
		),
	];
}

function queueCpuTable({ contenders }: QueueResults): Table {
	const figures = Object.values(contenders);
	const names = Object.keys(processNames).filter((name) =>
		figures.some(({ cpuMsPer100 }) => name in cpuMsPer100),
	);
	return [
		['CPU time for 100 events', ...queueHeads(contenders)],
		...names.map((name) => [
			processNames[name] ?? name,
			...figures.map(({ cpuMsPer100: { [name]: ms } }) => (ms === undefined ? '' : milliseconds(ms))),
		]),
		['total', ...figures.map(({ cpuMsPer100 }) => milliseconds(sum(Object.values(cpuMsPer100))))],
	];
}

function queueLimitTable({ requestsPerSecond, runs }: QueueLimitResults): Table {
	return [
		[
			'Workers',
			'Requests per Second',
			'Requests per event',
			'Share of the allowed rate',
			'Lost',
			'Delivered twice',
		],
		...runs.map(({ workers, divided, requestsPerEvent, shareOfLimit, lost, twice }) => [
			String(workers),
			divided ? String(requestsPerSecond / workers) : 'not set',
			requestsPerEvent.toFixed(2),
			`${Math.round(100 * shareOfLimit)}%`,
			...[lost, twice].map(thousands),
		]),
	];
}

function queueHeads(contenders: QueueResults['contenders']): string[] {
	return Object.keys(contenders).map((name) => queueNames[name as QueueContender]);
}

/** The share of a core to plan with. The other half is for the busiest minute. */
const planned = { eventsPerSecond: 10_000, loadOfACore: 0.5 };

/** Returns what the CPU time means for larger machines. */
function capacityTable({ contenders: { twoWorkers, largeRequests } }: QueueResults): Table {
	const byRequest = [twoWorkers, largeRequests];
	const row = (process: string, ...parts: string[]) => {
		const msPerEvent = byRequest.map(
			({ cpuMsPer100 }) => sum(parts.map((part) => cpuMsPer100[part] ?? NaN)) / 100,
		);
		const cores = msPerEvent.map((ms) => ((ms / 1000) * planned.eventsPerSecond) / planned.loadOfACore);
		return [
			process,
			...msPerEvent.map((ms) => `${ms.toFixed(ms < 0.1 ? 3 : 2)} ms`),
			...cores.map((count) => thousands(Math.ceil(count))),
		];
	};
	const sizes = byRequest.map(({ eventsPerRequest }) => `${thousands(eventsPerRequest)} per request`);
	return [
		[
			'process',
			...sizes.map((size) => `CPU time per event, ${size}`),
			...sizes.map((size) => `cores for ${thousands(planned.eventsPerSecond)} events per second, ${size}`),
		],
		row('webhook processors: the trigger', 'processor'),
		row('workers: Send Many to SuprSend', 'worker1', 'worker2'),
		row('Postgres', 'postgres'),
		row('Redis', 'redis'),
		row('main process', 'main'),
	];
}
