import { get } from 'lodash';
import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { idDeriver } from './derived-id';
import { setUpFailure, type Place } from './failure';
import type { ParameterReader } from './fields';
import type { Operation, Provider } from './provider';
import { report, reportSummary } from './report';
import { deliverAll, setUp, type Delivery } from './run';
import { SummaryBuilder } from './summary';

/** Everything in one go, and one item that says what became of it. */
export async function deliverMany(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	provider: Provider,
	operation: Operation,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const origin = {
		provider: provider.displayName,
		operation: `${operation.resource}:${operation.operation}`,
	};
	const startedAt = Date.now();
	const builder = new SummaryBuilder();
	try {
		const run = await setUp(context, parameters, provider, operation);
		const eventsField = parameters.read('eventsField', 0) as string;
		await deliverAll(run, deliveriesOf(context, items, eventsField), (outcome) => builder.add(outcome));
		const { requests, retries } = run.sender;
		const about = { ...origin, requests, retries, durationMs: Date.now() - startedAt };
		return reportSummary(context, builder.build(about, run.options.previewOnly === true));
	} catch (error) {
		// Nothing can be said of single events, so every item fails, and none is passed on as if it had been sent.
		const failure = setUpFailure(error);
		const failed = items.map(
			(_, itemIndex) => ({ place: { itemIndex }, status: 'failed', failure, attempts: 0 }) as const,
		);
		return report(context, failed, origin);
	}
}

/** The items themselves, or the lists of events that they hold in a field. */
function* deliveriesOf(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	eventsField: string,
): Generator<Delivery> {
	if (items.length === 0) return;
	const deriveId = idDeriver(context);
	const now = Date.now();
	const deliveryOf = (place: Place): Delivery => ({
		place,
		fallbackId: deriveId(place),
		readSource: () => ({ event: place.event, now }),
	});
	for (const [itemIndex, { json }] of items.entries()) {
		if (eventsField === '') {
			yield deliveryOf({ itemIndex, event: json });
			continue;
		}
		const list: unknown = get(json, eventsField);
		if (!Array.isArray(list)) {
			yield { ...deliveryOf({ itemIndex, event: json }), readSource: () => noList(context, eventsField) };
			continue;
		}
		for (const [position, event] of list.entries()) yield deliveryOf({ itemIndex, position, event });
	}
}

function noList(context: IExecuteFunctions, eventsField: string): never {
	throw new NodeOperationError(context.getNode(), `The field '${eventsField}' holds no list of events`, {
		description: "Correct 'Events Field', or leave it empty if each item is one event.",
	});
}
