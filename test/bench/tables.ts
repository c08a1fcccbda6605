import type { CoreResults } from './core/core';
import { goalsOf } from './goals';
import {
	engineNames,
	milliseconds,
	oneEachNames,
	seconds,
	suprSendNames,
	thousands,
	times,
	triggerNames,
} from './names';
import type { OneEachResults } from './one-each';
import { sizesOf, type Group, type Results } from './results';
import type { SendingFigures } from './sending';
import type { SuprSendContender, SuprSendResults } from './suprsend';
import type { TriggerContender, TriggerResults } from './trigger/trigger';

/** Rows of cells, the first one the head. */
export type Table = string[][];

export const performancePage = 'docs/performance.md';

/** By the name under which the page shows them. */
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

export const tablesOfGroup: { [G in Group]: (results: Results[G]) => Record<string, Table> } = {
	suprsend: (results) => ({ suprsend: suprSendTable(results), 'suprsend split': splitTable(results) }),
	oneEach: (results) => ({ 'one each': oneEachTable(results), 'rate limit': limitTable(results) }),
	trigger: (results) => ({ trigger: triggerTable(results), 'trigger cpu': triggerCpuTable(results) }),
	core: (results) => ({
		normalise: normaliseTable(results),
		verify: verifyTable(results),
		growth: growthTable(results),
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
		['What', 'Value'],
		['date', takenAt.slice(0, 10)],
		['runs of each contender, of which the median counts', String(rounds)],
		['events to SuprSend, a run', thousands(sizes.suprSendEvents)],
		['events to RelationKit, a run', thousands(sizes.oneEachEvents)],
		['the same, beyond a limit', thousands(sizes.limitedEvents)],
		[
			'requests to the trigger, a run, by events a request',
			sizes.triggerRequests.map(({ batch, requests }) => `${requests} of ${thousands(batch)}`).join(', '),
		],
		['events normalised, a run', thousands(sizes.normaliseEvents)],
		['CPU', `${machine.cores} × ${machine.cpu}`],
		['memory', `${machine.memoryGb} GB`],
		['system', machine.system],
		['n8n', machine.n8n],
		['Node.js', machine.node],
		['load before the run', machine.loadBefore.toFixed(2)],
		['requests the sandbox can take, one event each', `${thousands(sandbox.requestsPerSecond)} a second`],
		['events the sandbox can take, 100 a request', `${thousands(sandbox.eventsPerSecond)} a second`],
	];
}

function suprSendTable({ runs }: SuprSendResults): Table {
	return [
		[
			...['SuprSend answers after', 'By', 'Time', 'As fast as HTTP Request', 'Requests', 'Sockets at once'],
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
		['Of the time of Send Many', ...runs.map(({ latencyMs }) => `at ${latencyMs} ms`)],
		['whole execution', ...runs.map(({ contenders }) => seconds(contenders.sendMany.wallMs))],
		['of which the SuprSend node', ...runs.map(({ contenders }) => seconds(contenders.sendMany.nodeMs))],
		['the same execution with a node that does nothing', ...runs.map(() => seconds(noOp.wallMs))],
		['the SDK, for comparison', ...runs.map(({ contenders }) => seconds(contenders.sdk.wallMs))],
	];
}

function oneEachTable({ unlimited: { contenders } }: OneEachResults): Table {
	return [
		['By', 'Time', 'As fast as HTTP Request', 'Requests', 'Sockets at once', 'CPU time', 'Peak memory'],
		...(['ours', 'ours32', 'httpRequest'] as const).map((name) => [
			oneEachNames[name],
			seconds(contenders[name].wallMs),
			times(contenders.httpRequest.wallMs / contenders[name].wallMs),
			...requestCells(contenders[name]),
		]),
	];
}

function limitTable({ limited: { events, contenders } }: OneEachResults): Table {
	return [
		['By', 'Delivered', 'Lost', 'Twice', 'Requests', 'Time'],
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
		['Expression engine', 'Events a second, by events a request', ...sizes.map((batch) => thousands(batch))],
		...engines.flatMap(({ engine, batches }) => [
			...(Object.keys(triggerNames) as TriggerContender[]).map((name) => [
				engineNames[engine],
				triggerNames[name],
				...batches.map(({ contenders }) => thousands(contenders[name].eventsPerSecond)),
			]),
			[
				engineNames[engine],
				'trigger, as fast as Webhook + Code',
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
		['Expression engine', 'CPU time of n8n a request, by events a request', ...sizes.map(thousands)],
		...engines.flatMap(({ engine, batches }) =>
			(Object.keys(triggerNames) as TriggerContender[]).map((name) => [
				engineNames[engine],
				triggerNames[name],
				...batches.map(({ contenders }) => milliseconds(contenders[name].cpuMsPerBatch)),
			]),
		),
	];
}

function normaliseTable({ normalising: { ours, segment } }: CoreResults): Table {
	return [
		['By', 'Events a second', 'Microseconds an event'],
		...[
			['**this package**: normalise, which validates', ours] as const,
			["Segment's actions-core: transform, then validateSchema", segment] as const,
		].map(([name, perSecond]) => [name, thousands(perSecond), (1e6 / perSecond).toFixed(1)]),
	];
}

function verifyTable({ verifying }: CoreResults): Table {
	return [
		[
			...['Body', '**this package**', 'standardwebhooks', 'svix', 'as fast as standardwebhooks'],
			"Node.js' HMAC alone",
			'as fast as standardwebhooks',
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

function growthTable({ growing: { events, normalise, sendMany } }: CoreResults): Table {
	const names = { normalise: 'normalise', sendMany: "SuprSend's Send Many, in n8n's engine" };
	return [
		[
			'Microseconds an event',
			`of ${thousands(events.few)} at once`,
			`of ${thousands(events.many)} at once`,
			'Ratio',
		],
		...Object.entries({ normalise, sendMany }).map(([name, { few, many }]) => [
			names[name as keyof typeof names],
			few.toFixed(1),
			many.toFixed(1),
			times(many / few),
		]),
	];
}
