import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { ParameterReader } from '../parameters';
import type { Operation, Provider } from '../service/definition';
import { setUpFailure } from '../service/failure';
import { deliver } from './pipeline';
import { EarlierTries } from './read/earlier-tries';
import { mapsAutomatically, readEachItem } from './read/each-item';
import { readWholeRun } from './read/whole-run';
import { reportItems, reportSummary } from './report/report';
import type { Origin } from './report/result';
import { SummaryBuilder, type Summary } from './report/summary';
import { startRun, type Run } from './run';
import { failedUnsent, type Outcome } from './stages';

/** An action node's `execute`: reads the input, delivers it, and reports what happened. */
export async function execute(
	context: IExecuteFunctions,
	provider: Provider,
): Promise<INodeExecutionData[][]> {
	const parameters = new ParameterReader(context);
	const resource = String(parameters.read('resource', 0));
	const name = String(parameters.read('operation', 0, ''));
	const chosen = provider.operations.find((each) => each.resource === resource && each.operation === name);
	const { result, operation } = await outcomesOrSummary(context, parameters, provider, chosen);
	if (!Array.isArray(result)) return reportSummary(context, result);
	const origin: Origin = { provider, name: `${resource}:${name}`, operation };
	return reportItems(context, result, origin);
}

interface Delivered extends Pick<Origin, 'operation'> {
	result: Outcome[] | Summary;
}

/**
 * Returns errors as failures of all items. If it threw them, n8n set to continue would pass the items through as if
 * they had been delivered.
 */
async function outcomesOrSummary(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	provider: Provider,
	chosen: Operation | undefined,
): Promise<Delivered> {
	try {
		if (chosen === undefined) throw noOperation(context, parameters, provider);
		const run = await startRun(context, parameters, provider, chosen);
		const { operation } = run;
		const collect = operation.summary === true ? collectSummary : collectOutcomes;
		return { result: await collect(context, parameters, run), operation };
	} catch (error) {
		const failure = setUpFailure(error);
		const result = context.getInputData().map((_, itemIndex) => failedUnsent({ itemIndex }, failure));
		return { result, operation: chosen };
	}
}

/** One outcome for each input item, in input order. */
async function collectOutcomes(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	run: Run,
): Promise<Outcome[]> {
	const items = context.getInputData();
	const earlierTries = EarlierTries.of(context, run.nodeRun);
	const outcomes: Outcome[] = [];
	await deliver(run, readEachItem(context, parameters, run, earlierTries), (outcome) => {
		const { itemIndex } = outcome.position;
		outcomes[itemIndex] = outcome;
		earlierTries?.remember(items[itemIndex], outcome);
	});
	return outcomes;
}

async function collectSummary(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	run: Run,
): Promise<Summary> {
	const summary = new SummaryBuilder();
	const inputs = mapsAutomatically(run, parameters)
		? readWholeRun(context, parameters)
		: readEachItem(context, parameters, run);
	await deliver(run, inputs, (outcome) => summary.add(outcome));
	const { provider, name, sender, deliveryOptions } = run;
	const { requests, retries } = sender;
	const durationMs = Date.now() - run.startedAt;
	const about = { requests, retries, durationMs, service: provider.displayName, operation: name };
	return summary.build(about, deliveryOptions.previewOnly);
}

/** The value of the choice "Custom API Call", which n8n adds to our own. n8n's editor handles it, a run doesn't. */
const customApiCall = '__CUSTOM_API_CALL__';

function noOperation(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	{ displayName }: Provider,
): NodeOperationError {
	const choices = ['resource', 'operation'].map((name) => parameters.read(name, 0, ''));
	if (choices.includes(customApiCall)) {
		return new NodeOperationError(context.getNode(), 'Use the HTTP Request node for a custom API call', {
			description: `Add an HTTP Request node. Under 'Authentication', choose 'Predefined Credential Type', then '${displayName} API'.`,
		});
	}
	return new NodeOperationError(
		context.getNode(),
		"This version of the package doesn't have this operation",
		{
			description: 'The node was saved by a newer version. Update the package.',
		},
	);
}
