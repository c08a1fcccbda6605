import { get } from 'lodash';
import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { idDeriver } from './derived-id';
import type { Place } from './outcome';
import type { ParameterReader } from './parameters';
import { deliverAll, type Delivery, type Run } from './run';
import { SummaryBuilder, type Summary } from './summary';

/** Everything in one go, and one summary of what became of it. */
export async function deliverMany(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	run: Run,
): Promise<Summary> {
	const { provider, operation, options, sender } = run;
	const startedAt = Date.now();
	const builder = new SummaryBuilder();
	const eventsField = parameters.read('eventsField', 0) as string;
	const deliveries = deliveriesOf(context, context.getInputData(), eventsField);
	await deliverAll(run, deliveries, (outcome) => builder.add(outcome));
	const about = {
		provider: provider.displayName,
		operation: `${operation.resource}:${operation.operation}`,
		requests: sender.requests,
		retries: sender.retries,
		durationMs: Date.now() - startedAt,
	};
	return builder.build(about, options.previewOnly === true);
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
