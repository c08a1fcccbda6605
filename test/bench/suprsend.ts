import { mapValues } from 'lodash';
import { expectAllOnce, countArrivals } from './arrivals';
import { canonicalEvents } from './events';
import type { NodeUnderTest, PipelineFigures } from './n8n-pipeline';
import { medians, takeTurns } from './rounds';
import type { RemoteSandbox } from './sandbox-process';
import { httpRequest, prepare, send, startContest, type SendingFigures } from './sending';
import type { Sizes } from './sizes';
import { runSdk } from './suprsend-sdk';

export type SuprSendContender = 'send' | 'sendMany' | 'httpRequest' | 'sdk';

export interface SuprSendResults {
	events: number;
	runs: Array<{ latencyMs: number; contenders: Record<SuprSendContender, SendingFigures> }>;
	/** The same items through a node that does nothing: the cost of n8n itself. */
	noOp: PipelineFigures;
}

const provider = 'suprsend';
const latencies = [0, 20];

/** The node with only its required parameters. */
export const suprSend = (operation: 'send' | 'sendMany'): NodeUnderTest => ({
	type: 'n8n-nodes-customer-events.suprSend',
	typeVersion: 1,
	parameters: { resource: 'event', operation, mappingMode: 'canonicalEvent', options: {} },
	credentials: { suprSendApi: { id: null, name: 'SuprSend sandbox' } },
});

const eventAsSuprSendHasIt = `={{ {
	$insert_id: $json.messageId,
	$idempotency_key: $json.messageId,
	$time: Date.parse($json.timestamp),
	event: $json.event,
	distinct_id: $json.userId,
	properties: $json.properties,
} }}`;

/** Sends the same events with our node, with n8n's HTTP Request node, and with SuprSend's own SDK outside n8n. */
export async function benchSuprSend(
	sandbox: RemoteSandbox,
	tarball: string,
	sizes: Sizes,
): Promise<SuprSendResults> {
	const events = canonicalEvents(sizes.suprSendEvents);
	const nodes = {
		send: suprSend('send'),
		sendMany: suprSend('sendMany'),
		httpRequest: httpRequest(`${sandbox.baseUrl(provider)}/event/`, 'SuprSend key', eventAsSuprSendHasIt),
		noOp: { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
	};
	const { pipelines, stop } = await startContest(sandbox, [tarball], nodes, {
		separately: sizes.n8nForEach,
		warmUp: events.slice(0, events.length / 10),
	});
	try {
		const noOp = await takeTurns({ noOp: () => pipelines.noOp.run(events) }, sizes.rounds);
		const runs: SuprSendResults['runs'] = [];
		for (const latencyMs of latencies) {
			const conditions = { provider, latencyMs } as const;
			const byNode = (name: 'send' | 'sendMany' | 'httpRequest') => async () =>
				await send(sandbox, conditions, events, pipelines[name]);
			const bySdk = async () => {
				await prepare(sandbox, conditions);
				const figures = await runSdk(sandbox.baseUrl(provider), events);
				return { ...figures, ...(await countArrivals(sandbox, provider, events)) };
			};
			const all = await takeTurns(
				{
					send: byNode('send'),
					sendMany: byNode('sendMany'),
					httpRequest: byNode('httpRequest'),
					sdk: bySdk,
				},
				sizes.rounds,
			);
			const contenders = mapValues(all, (each, name) => {
				each.forEach((run) => expectAllOnce(`SuprSend, ${name}`, run));
				return medians(each);
			});
			runs.push({ latencyMs, contenders });
		}
		return { events: events.length, runs, noOp: medians(noOp.noOp) };
	} finally {
		await stop();
	}
}
