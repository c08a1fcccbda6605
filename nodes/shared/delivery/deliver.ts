import { createHash } from 'node:crypto';
import { get } from 'lodash';
import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { nameFormats, type NameFormat } from '../event';
import { checkBaseUrl } from './base-url';
import { createClient, type ProviderClient } from './client';
import { setUpFailure, type Outcome } from './failure';
import { ParameterReader } from './fields';
import { planBatches } from './plan';
import { prepareItem, type ItemSource } from './prepare';
import type { Connection, Operation, Outgoing, Provider } from './provider';
import { report } from './report';
import { runInLanes } from './schedule';
import { sendBatch } from './send';

/** The values of "Options" that senders share. */
interface DeliveryOptions {
	batchSize?: number;
	concurrency?: number;
	eventNameFormat?: NameFormat;
	keepOrder?: boolean;
	respectIntegrations?: boolean;
	/** Seconds. */
	timeout?: number;
}

const defaultConcurrency = 10;
const defaultTimeout = 30;

/** The whole of an action node's `execute`: every input item gets a result of its own, in input order. */
export async function deliver(
	context: IExecuteFunctions,
	provider: Provider,
): Promise<INodeExecutionData[][]> {
	const parameters = new ParameterReader(context);
	const origin = {
		provider: provider.displayName,
		operation: `${parameters.read('resource', 0)}:${parameters.read('operation', 0)}`,
	};
	return report(context, await outcomesOf(context, parameters, provider), origin);
}

async function outcomesOf(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	provider: Provider,
): Promise<Outcome[]> {
	const items = context.getInputData();
	try {
		const run = await setUp(context, parameters, provider);
		const { outcomes, outgoing } = prepareItems(context, parameters, run, items);
		const records = Math.min(run.operation.limits.records, run.options.batchSize ?? Infinity);
		const batches = planBatches(outgoing, { ...run.operation.limits, records });
		const sent = await runInLanes(
			batches,
			(batch) => (run.options.keepOrder === false ? [] : batch.map(({ lane }) => lane)),
			run.options.concurrency ?? defaultConcurrency,
			async (batch, index) => await sendBatch(batch, index, run.operation, run.client),
		);
		for (const outcome of sent.flat()) outcomes[outcome.itemIndex] = outcome;
		return outcomes;
	} catch (error) {
		// Thrown on, n8n would pass the items through as if they had been delivered when it is set to continue.
		const failure = setUpFailure(error);
		return items.map((_, itemIndex) => ({ itemIndex, status: 'failed', failure, attempts: 0 }));
	}
}

interface Run {
	provider: Provider;
	operation: Operation;
	options: DeliveryOptions;
	connection: Connection;
	client: ProviderClient;
}

/** What holds for all items, read once. */
async function setUp(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	provider: Provider,
): Promise<Run> {
	const node = context.getNode();
	const resource = parameters.read('resource', 0);
	const name = parameters.read('operation', 0);
	const operation = provider.operations.find((each) => each.resource === resource && each.operation === name);
	if (operation === undefined) {
		throw new NodeOperationError(
			node,
			`This version of the package has no operation '${resource}: ${name}'`,
			{
				description: 'The node was saved by a newer version. Update the package.',
			},
		);
	}
	const credential = await context.getCredentials(provider.credentialType);
	const checked = checkBaseUrl(credential.baseUrl);
	if (!checked.ok) {
		throw new NodeOperationError(node, checked.message, {
			description: `Open the ${provider.displayName} credential of this node and correct its 'Base URL'. Nothing was sent.`,
		});
	}
	const options = parameters.read('options', 0) as DeliveryOptions;
	const connection = { ...provider.readCredential(credential), baseUrl: checked.baseUrl };
	const timeoutMs = (options.timeout ?? defaultTimeout) * 1000;
	const client = createClient(context, { provider, connection, credential, timeoutMs });
	return { provider, operation, options, connection, client };
}

/** Items into records that may go out, and outcomes for those for which nothing is sent. */
function prepareItems(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	{ provider, operation, options, connection }: Run,
	items: INodeExecutionData[],
): { outcomes: Outcome[]; outgoing: Outgoing[] } {
	const outcomes: Outcome[] = [];
	const outgoing: Outgoing[] = [];
	const readSource = itemSources(parameters, items);
	const deriveId = idDeriver(context);
	const nameFormat = nameFormats[options.eventNameFormat ?? provider.nameFormat];
	items.forEach((_, itemIndex) => {
		const prepared = prepareItem(itemIndex, readSource, {
			operation,
			destination: provider.displayName,
			respectIntegrations: options.respectIntegrations ?? true,
			mapping: { messageId: deriveId(itemIndex), nameFormat, facts: connection.facts },
		});
		if (prepared.ok) outgoing.push(prepared.outgoing);
		else outcomes[itemIndex] = prepared.outcome;
	});
	return { outcomes, outgoing };
}

function itemSources(
	parameters: ParameterReader,
	items: INodeExecutionData[],
): (itemIndex: number) => ItemSource {
	if (parameters.read('mappingMode', 0) === 'defineBelow') {
		return (itemIndex) => ({ fields: parameters.forItem(itemIndex) });
	}
	const now = Date.now();
	return (itemIndex) => {
		const eventField = parameters.read('eventField', itemIndex) as string;
		const json = items[itemIndex]?.json;
		return { event: eventField === '' ? json : get(json, eventField), now };
	};
}

/** Ids for items that bring none: the same when n8n retries the node, another in the next run of a loop. */
function idDeriver(context: IExecuteFunctions): (itemIndex: number) => string {
	const { $runIndex } = context.getWorkflowDataProxy(0);
	const run = [context.getWorkflow().id, context.getExecutionId(), context.getNode().id, $runIndex].join(':');
	return (itemIndex) => createHash('sha256').update(`${run}:${itemIndex}`).digest('hex').slice(0, 32);
}
