import { join } from 'node:path';
import { mapValues } from 'lodash';
import { run } from '../host/commands';
import { expectAllOnce } from './arrivals';
import { canonicalEvents } from './events';
import type { NodeUnderTest } from './n8n-pipeline';
import { medians, takeTurns } from './rounds';
import type { RemoteSandbox } from './sandbox-process';
import { httpRequest, send, startContest, type SendingFigures } from './sending';
import type { Sizes } from './sizes';

export type OneEachContender = 'ours' | 'ours32' | 'bareLoop' | 'httpRequest';

export interface OneEachResults {
	latencyMs: number;
	unlimited: { events: number; contenders: Record<OneEachContender, SendingFigures> };
	limited: {
		events: number;
		requestsPerSecond: number;
		contenders: Record<'ours' | 'httpRequest', SendingFigures>;
	};
}

const provider = 'relationkit';
const latencyMs = 20;
const requestsPerSecond = 100;

export const relationKit = (
	options: { concurrency?: number; requestsPerSecond?: number } = {},
): NodeUnderTest => ({
	type: 'n8n-nodes-customer-events.relationKit',
	typeVersion: 1,
	parameters: { resource: 'event', operation: 'send', mappingMode: 'canonicalEvent', options },
	credentials: { relationKitApi: { id: null, name: 'RelationKit sandbox' } },
	onError: 'continueErrorOutput',
});

const bareLoop: NodeUnderTest = {
	type: 'n8n-nodes-bare-loop.bareLoop',
	typeVersion: 1,
	parameters: {},
	credentials: { relationKitApi: { id: null, name: 'RelationKit sandbox' } },
};

const eventAsRelationKitHasIt =
	'={{ { event: { user_id: $json.userId, name: $json.event, metadata: $json.properties } } }}';

/** Sends events to a service that accepts one per request, without and with a rate limit. */
export async function benchOneEach(
	sandbox: RemoteSandbox,
	tarball: string,
	sizes: Sizes,
): Promise<OneEachResults> {
	const nodes = {
		ours: relationKit(),
		ours32: relationKit({ concurrency: 32 }),
		bareLoop,
		httpRequest: httpRequest(
			`${sandbox.baseUrl(provider)}/events`,
			'RelationKit token',
			eventAsRelationKitHasIt,
		),
	};
	const events = canonicalEvents(sizes.oneEachEvents);
	const { pipelines, stop } = await startContest(sandbox, [tarball, await packBareLoop()], nodes, {
		separately: sizes.n8nForEach,
		warmUp: events.slice(0, events.length / 10),
	});
	try {
		const free = (name: OneEachContender) => async () =>
			await send(sandbox, { provider, latencyMs }, events, pipelines[name]);
		const unlimited = await takeTurns(
			{
				ours: free('ours'),
				ours32: free('ours32'),
				bareLoop: free('bareLoop'),
				httpRequest: free('httpRequest'),
			},
			sizes.rounds,
		);
		for (const [name, runs] of Object.entries(unlimited)) {
			for (const run of runs) expectAllOnce(`RelationKit, ${name}`, run);
		}

		const many = canonicalEvents(sizes.limitedEvents);
		const held = async (name: 'ours' | 'httpRequest') =>
			await send(sandbox, { provider, latencyMs, requestsPerSecond }, many, pipelines[name]);
		// Once each: the limit sets the pace, and one run shows what is lost.
		const limited = { ours: await held('ours'), httpRequest: await held('httpRequest') };
		return {
			latencyMs,
			unlimited: { events: events.length, contenders: mapValues(unlimited, medians) },
			limited: { events: many.length, requestsPerSecond, contenders: limited },
		};
	} finally {
		await stop();
	}
}

/** Packs the node that has n8n's HTTP helper in a loop and nothing else. */
async function packBareLoop(): Promise<string> {
	const tarball = join(__dirname, '../../build/bare-loop.tgz');
	await run('tar', ['czf', tarball, 'bare-loop'], { cwd: __dirname });
	return tarball;
}
