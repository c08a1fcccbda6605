import { engineNames, seconds, thousands, times } from './names';
import type { Results } from './results';

type TriggerRun = Results['trigger']['engines'][number]['batches'][number];

export interface Goal {
	goal: string;
	measured: string;
	met: boolean;
}

/** Our goals and the results. A missed goal is shown like the others. */
export function goalsOf({ suprsend, oneEach, trigger, core }: Results): Goal[] {
	return [
		...goalsOfSuprSend(suprsend),
		...goalsOfOneEach(oneEach),
		...trigger.engines.flatMap(goalsOfTrigger),
		...goalsOfCore(core),
	];
}

function goalsOfSuprSend({ events, runs, noOp }: Results['suprsend']): Goal[] {
	const late = runs.find(({ latencyMs }) => latencyMs === 20)?.contenders;
	if (late === undefined) throw new Error('There is no run at 20 ms');
	const { send, sendMany, httpRequest } = late;
	const mostRequests = Math.floor(httpRequest.requests / 100) + 1;
	const requests = Math.max(send.requests, sendMany.requests);
	const setting = `SuprSend, ${thousands(events)} events, response after 20 ms`;
	return [
		atLeast(
			10,
			`${setting}: Send is at least 10 × as fast as HTTP Request`,
			httpRequest.wallMs / send.wallMs,
		),
		atLeast(
			20,
			`${setting}: Send Many is at least 20 × as fast as HTTP Request`,
			httpRequest.wallMs / sendMany.wallMs,
		),
		{
			goal: `${setting}: at most ${thousands(mostRequests)} requests (1% of HTTP Request's requests, plus one)`,
			measured: `${thousands(requests)} of ${thousands(httpRequest.requests)}`,
			met: requests <= mostRequests,
		},
		...runs.map(({ latencyMs, contenders: { sendMany: ours, sdk } }) => ({
			goal: `SuprSend, response after ${latencyMs} ms: Send Many takes no longer than SuprSend's SDK plus n8n itself`,
			measured: `${seconds(ours.wallMs)}; ${seconds(sdk.wallMs)} + ${seconds(noOp.wallMs)}`,
			met: ours.wallMs <= sdk.wallMs + noOp.wallMs,
		})),
	];
}

function goalsOfOneEach({ unlimited, limited }: Results['oneEach']): Goal[] {
	const { ours, ours32, bareLoop, httpRequest } = unlimited.contenders;
	const sockets = Math.max(ours.peakSockets, ours32.peakSockets);
	return [
		atMost(
			1.1,
			'RelationKit node, Concurrency 32: takes at most 1.1 × as long as HTTP Request',
			ours32.wallMs / httpRequest.wallMs,
		),
		atLeast(
			0.9,
			"RelationKit node, Concurrency 32: at least 0.9 × as fast as n8n's HTTP helper in a loop, 32 requests at once",
			bareLoop.wallMs / ours32.wallMs,
		),
		atMost(
			1.1,
			"RelationKit node, Concurrency 32: at most 1.1 × the CPU time of n8n's HTTP helper in a loop",
			ours32.cpuMs / bareLoop.cpuMs,
		),
		{
			goal: 'RelationKit node: never more than 32 open sockets',
			measured: `${sockets}; HTTP Request: ${httpRequest.peakSockets}`,
			met: sockets <= 32,
		},
		{
			goal: `RelationKit node, limit of ${limited.requestsPerSecond} requests per second: no event is lost or delivered twice`,
			measured: `${thousands(limited.contenders.ours.lost)}; HTTP Request: ${thousands(limited.contenders.httpRequest.lost)}`,
			met: limited.contenders.ours.lost === 0 && limited.contenders.ours.twice === 0,
		},
	];
}

function goalsOfTrigger({ engine, batches, nodeCpuMsPer100 }: Results['trigger']['engines'][number]): Goal[] {
	const contenders = batches.find(({ batch }) => batch === 100)?.contenders;
	if (contenders === undefined) throw new Error('There is no run with 100 events per request');
	return [
		atLeast(
			2,
			`Trigger, 100 events per request, ${engineNames[engine]}: at least 2 × the events per second of Webhook + Code`,
			contenders.ours.eventsPerSecond / contenders.webhookAndCode.eventsPerSecond,
		),
		...(engine === 'legacy' ? [] : batches.map((run) => goalAgainstWebhook(engineNames[engine], run))),
		{
			goal: `Trigger, 100 events per request, ${engineNames[engine]}: less than 5 ms of CPU time in the trigger's own code`,
			measured: `${nodeCpuMsPer100.toFixed(1)} ms`,
			met: nodeCpuMsPer100 < 5,
		},
	];
}

/** The built-in node checks a header, too, but leaves the events as they came. */
function goalAgainstWebhook(engineName: string, { batch, contenders }: TriggerRun): Goal {
	const least = batch < 1_000 ? 0.95 : 0.8;
	return atLeast(
		least,
		`Trigger, ${thousands(batch)} ${batch === 1 ? 'event' : 'events'} per request, ${engineName}: at least ${least} × the events per second of Webhook alone`,
		contenders.ours.eventsPerSecond / contenders.webhookAlone.eventsPerSecond,
	);
}

function goalsOfCore({ normalizing, verifying, growing }: Results['core']): Goal[] {
	const twoKilobytes = verifying.find(({ kilobytes }) => kilobytes === 2);
	if (twoKilobytes === undefined) throw new Error('There is no run with 2 KB');
	const { events, normalize, sendMany } = growing;
	const sizes = `with ${thousands(events.many)} events at once as with ${thousands(events.few)}`;
	return [
		atLeast(
			1,
			"Normalizing and validating: at least as fast as Segment's transform and validateSchema",
			normalizing.ours / normalizing.segment,
		),
		atLeast(
			5,
			'Verifying the signature of a 2 KB body: at least 5 × as fast as `standardwebhooks`',
			twoKilobytes.ours / twoKilobytes.standardwebhooks,
		),
		atMost(1.1, `Normalizing: an event takes at most 1.1 × as long ${sizes}`, normalize.many / normalize.few),
		atMost(1.1, `Send Many: an event takes at most 1.1 × as long ${sizes}`, sendMany.many / sendMany.few),
	];
}

function atLeast(least: number, goal: string, ratio: number): Goal {
	return { goal, measured: times(ratio), met: ratio >= least };
}

function atMost(most: number, goal: string, ratio: number): Goal {
	return { goal, measured: times(ratio), met: ratio <= most };
}
