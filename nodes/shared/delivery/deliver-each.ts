import { get } from 'lodash';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { text } from '../event';
import { idDeriver } from './derived-id';
import { EarlierTries } from './earlier-tries';
import type { Outcome } from './outcome';
import type { ParameterReader } from './parameters';
import type { ItemSource } from './prepare';
import { deliverAll, type Delivery, type Run } from './run';

/** Every input item gets an outcome of its own, in input order. */
export async function deliverEach(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	run: Run,
): Promise<Outcome[]> {
	const items = context.getInputData();
	const earlierTries = new EarlierTries(context, run.repeatable);
	const outcomes: Outcome[] = [];
	items.forEach((item, itemIndex) => {
		const outcome = earlierTries.outcomeOf(item, itemIndex);
		if (outcome !== undefined) outcomes[itemIndex] = outcome;
	});
	const isOpen = (itemIndex: number) => outcomes[itemIndex] === undefined;
	await deliverAll(run, deliveriesOf(context, parameters, items, isOpen), (outcome) => {
		const { itemIndex } = outcome.place;
		outcomes[itemIndex] = outcome;
		earlierTries.remember(items[itemIndex], outcome);
	});
	return outcomes;
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
		const fallbackId = idOfEarlierTry(items[itemIndex]) ?? deriveId(place);
		yield { place, fallbackId, readSource: () => readSource(itemIndex) };
	}
}

/**
 * The id under which an item was sent before it left on an error output, or became one of a summary's failed
 * records: sent again, it keeps it, and a service that knows the id recognises the repetition.
 */
function idOfEarlierTry(item: INodeExecutionData | undefined): string | undefined {
	const json = item?.json;
	const isFailedRecord = json !== undefined && 'record' in json && 'error' in json;
	return text(get(json, 'details.messageId')) ?? (isFailedRecord ? text(json.messageId) : undefined);
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
