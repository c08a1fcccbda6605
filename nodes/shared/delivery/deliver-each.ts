import { countBy } from 'lodash';
import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { isObject, text } from '../event';
import { deliverAll } from './deliver-all';
import { EarlierTries } from './earlier-tries';
import { ItemFiles } from './files';
import { derivedId, nodeRunId } from '../node-run';
import type { Outcome } from './outcome';
import { fieldOf, type ParameterReader } from '../parameters';
import type { Delivery, ItemSource } from './prepare';
import type { AttachedFiles, Operation } from './provider';
import type { Run } from './run';

/** Every input item gets an outcome of its own, in input order. */
export async function deliverEach(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	run: Run,
): Promise<Outcome[]> {
	const items = context.getInputData();
	if (items.length === 0) return [];
	const earlierTries = new EarlierTries(context);
	const outcomes: Outcome[] = [];
	items.forEach((item, itemIndex) => {
		const outcome = earlierTries.outcomeOf(item, itemIndex);
		if (outcome !== undefined) outcomes[itemIndex] = outcome;
	});
	const open = [...items.keys()].filter((itemIndex) => outcomes[itemIndex] === undefined);
	const files = await readFiles(context, parameters, run.operation, open);
	await deliverAll(run, deliveriesOf(context, parameters, run, { open, files }), (outcome) => {
		const { itemIndex } = outcome.place;
		outcomes[itemIndex] = outcome;
		earlierTries.remember(items[itemIndex], outcome);
	});
	return outcomes;
}

function* deliveriesOf(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	run: Run,
	{ open, files }: { open: readonly number[]; files: ItemFiles },
): Generator<Delivery> {
	const { operation } = run;
	const items = context.getInputData();
	const nodeRun = nodeRunId(context);
	const areEvents = operation.fromEvent !== undefined && parameters.read('mappingMode', 0) !== 'defineBelow';
	const readSource = areEvents
		? eventReader(context, parameters)
		: (itemIndex: number) => ({ fields: parameters.forItem(itemIndex) });
	// Filled in by hand, a record is new each time.
	const idsOfEarlierTries = areEvents ? readIdsOfEarlierTries(items, run) : [];
	for (const itemIndex of open) {
		const place = { itemIndex };
		yield {
			place,
			fallbackId: () => idsOfEarlierTries[itemIndex] ?? derivedId(nodeRun, place),
			readSource: () => readSource(itemIndex),
			settings: parameters.forItem(itemIndex),
			file: (field) => files.get(itemIndex, field),
		};
	}
}

async function readFiles(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	operation: Operation,
	open: readonly number[],
): Promise<ItemFiles> {
	const files = new ItemFiles(context);
	if (operation.files === undefined) return files;
	const { fieldsIn, maxBytes } = operation.files;
	for (const itemIndex of open) {
		for (const field of fieldsWithFiles(fieldsIn, parameters, itemIndex)) {
			await files.readAhead(itemIndex, field, maxBytes);
		}
	}
	return files;
}

/** An item whose expressions fail says so when it is mapped, and has no files until then. */
function fieldsWithFiles(
	fieldsIn: AttachedFiles['fieldsIn'],
	parameters: ParameterReader,
	itemIndex: number,
): string[] {
	try {
		return fieldsIn(parameters.forItem(itemIndex));
	} catch {
		return [];
	}
}

/**
 * The ids under which events without one were sent before they left on an error output, or became a summary's
 * failed records: sent again, they keep them, and a service that knows an id recognises the repetition.
 * An id that several items brought along from one failure belongs to none of them.
 */
function readIdsOfEarlierTries(
	items: readonly INodeExecutionData[],
	run: Run,
): ReadonlyArray<string | undefined> {
	const ids = items.map(({ json }) => idOfEarlierTry(json, run));
	const times = countBy(ids);
	return ids.map((id) => (id !== undefined && times[id] === 1 ? id : undefined));
}

function idOfEarlierTry(
	{ error, record, messageId }: IDataObject,
	{ provider, name }: Run,
): string | undefined {
	if (typeof error === 'string') return record === undefined ? undefined : text(messageId);
	const isOfThisOperation =
		isObject(error) &&
		error.status === 'failed' &&
		error.provider === provider.displayName &&
		error.operation === name;
	return isOfThisOperation ? text(error.messageId) : undefined;
}

function eventReader(
	context: IExecuteFunctions,
	parameters: ParameterReader,
): (itemIndex: number) => ItemSource {
	const items = context.getInputData();
	const now = Date.now();
	return (itemIndex) => {
		const field = parameters.read('eventField', itemIndex);
		const event = fieldOf(items[itemIndex]?.json, field);
		if (event === undefined) throw noEvent(context, field);
		return { event, now };
	};
}

function noEvent(context: IExecuteFunctions, field: unknown): NodeOperationError {
	const named = typeof field === 'string' ? `There is no field '${field}'` : "'Event Field' finds nothing";
	return new NodeOperationError(context.getNode(), `${named} in this item`, {
		description: "Correct 'Event Field', or leave it empty if the item itself is the event.",
	});
}
