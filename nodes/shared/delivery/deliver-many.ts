import { memoize } from 'lodash';
import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { deliverAll } from './deliver-all';
import { derivedId, nodeRunId } from '../node-run';
import type { Place } from './outcome';
import { fieldOf, type ParameterReader } from '../parameters';
import type { Delivery } from './prepare';
import type { Run } from './run';
import { SummaryBuilder, type Summary } from './summary';

/** Everything in one go, and one summary of what became of it. */
export async function deliverMany(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	run: Run,
): Promise<Summary> {
	const { provider, name, options, sender } = run;
	const startedAt = Date.now();
	const builder = new SummaryBuilder();
	const deliveries = deliveriesOf(context, parameters);
	await deliverAll(run, deliveries, (outcome) => builder.add(outcome));
	const about = {
		provider: provider.displayName,
		operation: name,
		requests: sender.requests,
		retries: sender.retries,
		durationMs: Date.now() - startedAt,
	};
	return builder.build(about, options.previewOnly);
}

/** The items themselves, or the lists of events that they hold in a field. */
function* deliveriesOf(context: IExecuteFunctions, parameters: ParameterReader): Generator<Delivery> {
	const items = context.getInputData();
	if (items.length === 0) return;
	const nodeRun = nodeRunId(context);
	const settings = memoize(parameters.forItem(0));
	const now = Date.now();
	const deliveryOf = (place: Place): Delivery => ({
		place,
		fallbackId: () => derivedId(nodeRun, place),
		readSource: () => ({ event: place.event, now }),
		settings,
		file: noFile,
	});
	for (const [itemIndex, { json }] of items.entries()) {
		let events: unknown[] | undefined;
		try {
			events = listIn(context, json, parameters.read('eventsField', itemIndex));
		} catch (error) {
			yield { ...deliveryOf({ itemIndex, event: json }), readSource: () => rethrow(error) };
			continue;
		}
		if (events === undefined) yield deliveryOf({ itemIndex, event: json });
		else for (const [position, event] of events.entries()) yield deliveryOf({ itemIndex, position, event });
	}
}

/** Undefined where the item itself is the event. */
function listIn(context: IExecuteFunctions, json: IDataObject, eventsField: unknown): unknown[] | undefined {
	if (eventsField === '') return undefined;
	const list = fieldOf(json, eventsField);
	if (Array.isArray(list)) return list;
	const named = typeof eventsField === 'string' ? `The field '${eventsField}'` : "'Events Field'";
	throw new NodeOperationError(context.getNode(), `${named} holds no list of events`, {
		description: "Correct 'Events Field', or leave it empty if each item is one event.",
	});
}

function rethrow(error: unknown): never {
	throw error;
}

/** Events of a whole run come as JSON; their files stay with the items. */
function noFile(field: string): never {
	throw new Error(`Many events at once carry no files, and '${field}' is one`);
}
