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
	return [
		atLeast(
			10,
			`SuprSend, ${thousands(events)} events at 20 ms: Send is 10 × as fast as HTTP Request`,
			httpRequest.wallMs / send.wallMs,
		),
		atLeast(20, 'the same: Send Many is 20 × as fast', httpRequest.wallMs / sendMany.wallMs),
		{
			goal: `the same, with at most 1% of HTTP Request's requests, plus one: ${thousands(mostRequests)}`,
			measured: `${thousands(requests)} of ${thousands(httpRequest.requests)}`,
			met: requests <= mostRequests,
		},
		...runs.map(({ latencyMs, contenders: { sendMany: ours, sdk } }) => ({
			goal: `at ${latencyMs} ms, Send Many takes no longer than SuprSend's SDK and n8n itself together`,
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
			'one request per event: the RelationKit node with Concurrency 32 takes at most 1.1 × as long as HTTP Request',
			ours32.wallMs / httpRequest.wallMs,
		),
		atLeast(
			0.9,
			"the same: at least 0.9 × as fast as n8n's HTTP helper in a loop, 32 at once",
			bareLoop.wallMs / ours32.wallMs,
		),
		atMost(1.1, 'the same: at most 1.1 × the CPU time of that loop', ours32.cpuMs / bareLoop.cpuMs),
		{
			goal: 'the same: never more than 32 sockets',
			measured: `${sockets}; HTTP Request ${httpRequest.peakSockets}`,
			met: sockets <= 32,
		},
		{
			goal: `beyond a limit of ${limited.requestsPerSecond} requests per second: nothing is lost`,
			measured: `${thousands(limited.contenders.ours.lost)}; HTTP Request ${thousands(limited.contenders.httpRequest.lost)}`,
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
			`trigger, 100 events per request, ${engineNames[engine]}: 2 × the events per second of Webhook + Code`,
			contenders.ours.eventsPerSecond / contenders.webhookAndCode.eventsPerSecond,
		),
		...(engine === 'legacy' ? [] : batches.map((run) => goalAgainstWebhook(engineNames[engine], run))),
		{
			goal: `trigger's own CPU time for 100 events, ${engineNames[engine]}: below 5 ms`,
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
		`trigger, batches of ${thousands(batch)}, ${engineName}: ${least} × the events per second of Webhook alone`,
		contenders.ours.eventsPerSecond / contenders.webhookAlone.eventsPerSecond,
	);
}

function goalsOfCore({ normalizing, verifying, growing }: Results['core']): Goal[] {
	const twoKilobytes = verifying.find(({ kilobytes }) => kilobytes === 2);
	if (twoKilobytes === undefined) throw new Error('There is no run with 2 KB');
	const { events, normalize, sendMany } = growing;
	const sizes = `with ${thousands(events.many)} at once as with ${thousands(events.few)}`;
	return [
		atLeast(
			1,
			"normalize + validate: as fast as Segment's transform + validate",
			normalizing.ours / normalizing.segment,
		),
		atLeast(
			5,
			'a signature of 2 KB: 5 × as fast as `standardwebhooks`',
			twoKilobytes.ours / twoKilobytes.standardwebhooks,
		),
		atMost(1.1, `normalize: an event costs at most 1.1 × as much ${sizes}`, normalize.many / normalize.few),
		atMost(1.1, 'Send Many: the same', sendMany.many / sendMany.few),
	];
}

function atLeast(least: number, goal: string, ratio: number): Goal {
	return { goal, measured: times(ratio), met: ratio >= least };
}

function atMost(most: number, goal: string, ratio: number): Goal {
	return { goal, measured: times(ratio), met: ratio <= most };
}
