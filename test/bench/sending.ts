import type { CanonicalEvent } from '../../nodes/shared/event';
import { demoCredentials } from '../host/demo';
import type { Credential } from '../host/n8n-client';
import { startN8n, type RunningN8n } from '../host/n8n-process';
import type { Fault, ProviderName } from '../sandbox';
import { credentials as accepted } from '../sandbox/credentials';
import { countArrivals, type Arrivals } from './arrivals';
import { Pipeline, type NodeUnderTest, type PipelineFigures } from './n8n-pipeline';
import type { RemoteSandbox } from './sandbox-process';

export interface SendingFigures extends PipelineFigures, Arrivals {}

/** How the service behaves during a run. */
export interface Conditions {
	provider: ProviderName;
	/** How long it takes to answer. */
	latencyMs: number;
	requestsPerSecond?: number;
}

/** The credential of the HTTP Request nodes, which can only put a text into a header. */
const headerAuth = (name: string, token: string): Credential => ({
	name,
	type: 'httpHeaderAuth',
	data: { name: 'Authorization', value: `Bearer ${token}` },
});

async function startForSending(sandbox: RemoteSandbox, packages: string[]): Promise<RunningN8n> {
	return await startN8n({
		packages,
		credentials: [
			...demoCredentials(sandbox),
			headerAuth('SuprSend key', accepted.suprsend.apiKey),
			headerAuth('RelationKit token', accepted.relationkit.apiToken),
		],
	});
}

/** The node with only its required parameters: one request per item. */
export function httpRequest(url: string, credential: string, jsonBody: string): NodeUnderTest {
	return {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: {
			method: 'POST',
			url,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			sendBody: true,
			specifyBody: 'json',
			jsonBody,
			options: {},
		},
		credentials: { httpHeaderAuth: { id: null, name: credential } },
		// Otherwise, the first refusal would stop the workflow.
		onError: 'continueErrorOutput',
	};
}

export interface Contest<Name extends string> {
	pipelines: Record<Name, Pipeline>;
	stop(): Promise<void>;
}

/**
 * Starts n8n with a pipeline for each node, and warms them up.
 * @param packages tarballs to install
 * @param separately starts an n8n for each, so that none works in the memory that another one has left
 */
export async function startContest<Name extends string>(
	sandbox: RemoteSandbox,
	packages: string[],
	nodes: Record<Name, NodeUnderTest>,
	{ separately, warmUp }: { separately: boolean; warmUp: CanonicalEvent[] },
): Promise<Contest<Name>> {
	const running: RunningN8n[] = [];
	const stop = async () => {
		for (const n8n of running) await n8n.stop();
	};
	try {
		const added: Array<[string, Pipeline]> = [];
		for (const [name, node] of Object.entries<NodeUnderTest>(nodes)) {
			if (separately || running.length === 0) running.push(await startForSending(sandbox, packages));
			const pipeline = await Pipeline.add(running.at(-1) as RunningN8n, name, node);
			await pipeline.run(warmUp);
			added.push([name, pipeline]);
		}
		return { pipelines: Object.fromEntries(added) as Record<Name, Pipeline>, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** Runs one contender and returns what arrived at the sandbox. */
export async function send(
	sandbox: RemoteSandbox,
	conditions: Conditions,
	events: CanonicalEvent[],
	pipeline: Pipeline,
): Promise<SendingFigures> {
	await prepare(sandbox, conditions);
	const figures = await pipeline.run(events);
	return { ...figures, ...(await countArrivals(sandbox, conditions.provider, events)) };
}

export async function prepare(sandbox: RemoteSandbox, conditions: Conditions): Promise<void> {
	await sandbox.reset();
	for (const fault of faultsOf(conditions)) await sandbox.misbehave(fault);
}

function faultsOf({ provider, latencyMs, requestsPerSecond }: Conditions): Fault[] {
	const late: Fault = { provider, times: 'always', do: { delayMs: latencyMs } };
	const limited: Fault = {
		provider,
		do: { rate: { perSecond: requestsPerSecond ?? Infinity, retryAfter: 'seconds' } },
	};
	return [...(latencyMs > 0 ? [late] : []), ...(requestsPerSecond === undefined ? [] : [limited])];
}
