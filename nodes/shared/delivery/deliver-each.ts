import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isObject, text } from '../event';
import { deliverAll } from './deliver-all';
import { EarlierTries } from './earlier-tries';
import { ItemFiles } from './files';
import { derivedId, nodeRunId } from '../node-run';
import type { Outcome } from './outcome';
import { fieldOf, type ParameterReader } from '../parameters';
import type { Delivery, ItemSource } from './prepare';
import type { Operation } from './provider';
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
	{ operation }: Run,
	{ open, files }: { open: readonly number[]; files: ItemFiles },
): Generator<Delivery> {
	const items = context.getInputData();
	const nodeRun = nodeRunId(context);
	const readSource = sourceReader(parameters, items, operation);
	for (const itemIndex of open) {
		const place = { itemIndex };
		yield {
			place,
			fallbackId: () => idOfEarlierTry(items[itemIndex]) ?? derivedId(nodeRun, place),
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
	for (const itemIndex of open) {
		for (const field of fieldsWithFiles(operation, parameters, itemIndex)) {
			await files.readAhead(itemIndex, field);
		}
	}
	return files;
}

/** An item whose expressions fail says so when it is mapped, and has no files until then. */
function fieldsWithFiles(operation: Operation, parameters: ParameterReader, itemIndex: number): string[] {
	try {
		return operation.files?.(parameters.forItem(itemIndex)) ?? [];
	} catch {
		return [];
	}
}

/**
 * The id under which an item was sent before it left on an error output, or became one of a summary's failed
 * records: sent again, it keeps it, and a service that knows the id recognises the repetition.
 */
function idOfEarlierTry(item: INodeExecutionData | undefined): string | undefined {
	const { error, record, messageId } = item?.json ?? {};
	if (isObject(error) && error.status === 'failed') return text(error.messageId);
	return typeof error === 'string' && record !== undefined ? text(messageId) : undefined;
}

function sourceReader(
	parameters: ParameterReader,
	items: readonly INodeExecutionData[],
	operation: Operation,
): (itemIndex: number) => ItemSource {
	if (operation.fromEvent === undefined || parameters.read('mappingMode', 0) === 'defineBelow') {
		return (itemIndex) => ({ fields: parameters.forItem(itemIndex) });
	}
	const now = Date.now();
	return (itemIndex) => {
		return { event: fieldOf(items[itemIndex]?.json, parameters.read('eventField', itemIndex)), now };
	};
}
