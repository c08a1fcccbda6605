import { get } from 'lodash';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { EarlierTries } from './earlier-tries';
import { idDeriver } from './derived-id';
import { setUpFailure, type Outcome } from './failure';
import type { ParameterReader } from './fields';
import type { ItemSource } from './prepare';
import type { Operation, Provider } from './provider';
import { report } from './report';
import { deliverAll, setUp, type Delivery } from './run';

/** Every input item gets a result of its own, in input order. */
export async function deliverEach(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	provider: Provider,
	operation: Operation,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const outcomes: Outcome[] = [];
	try {
		const run = await setUp(context, parameters, provider, operation);
		const earlierTries = new EarlierTries(context);
		items.forEach((item, itemIndex) => {
			const outcome = earlierTries.outcomeOf(item);
			if (outcome !== undefined) outcomes[itemIndex] = outcome;
		});
		const isOpen = (itemIndex: number) => outcomes[itemIndex] === undefined;
		await deliverAll(run, deliveriesOf(context, parameters, items, isOpen), (outcome) => {
			const { itemIndex } = outcome.place;
			outcomes[itemIndex] = outcome;
			earlierTries.remember(items[itemIndex], outcome);
		});
	} catch (error) {
		// Thrown on, n8n would pass the items through as if they had been delivered when it is set to continue.
		const failure = setUpFailure(error);
		items.forEach((_, itemIndex) => {
			outcomes[itemIndex] ??= { place: { itemIndex }, status: 'failed', failure, attempts: 0 };
		});
	}
	const origin = {
		provider: provider.displayName,
		operation: `${operation.resource}:${operation.operation}`,
	};
	return report(context, outcomes, origin);
}

function* deliveriesOf(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	items: readonly INodeExecutionData[],
	isOpen: (itemIndex: number) => boolean,
): Generator<Delivery> {
	if (items.length === 0) return;
	const deriveId = idDeriver(context);
	const readSource = sourceReader(parameters, items);
	for (let itemIndex = 0; itemIndex < items.length; itemIndex++) {
		if (!isOpen(itemIndex)) continue;
		const place = { itemIndex };
		yield { place, fallbackId: deriveId(place), readSource: () => readSource(itemIndex) };
	}
}

function sourceReader(
	parameters: ParameterReader,
	items: readonly INodeExecutionData[],
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
