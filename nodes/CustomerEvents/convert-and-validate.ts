import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { isGiven, isObject, itemLimits, type CanonicalEvent, type Reject } from '../shared/event';
import { convert, readRequest, type RawBatch } from '../shared/formats';
import { derivedId, nodeRunId } from '../shared/node-run';
import { fieldOf, ParameterReader } from '../shared/parameters';
import { applyToBatch, noRules, protectOrHide, suggestPlan } from '../shared/rules';
import { addHint } from '../shared/shown';
import { readFormat } from './format-fields';
import { readRows } from './row-fields';
import { readRules } from './rules-fields';

/**
 * Executes the node: reads events and rejects from each item, in the order of the items. Suggest Plan then returns rows of a
 * plan instead of the events.
 */
export function convertAndValidate(context: IExecuteFunctions): INodeExecutionData[][] {
	try {
		return processItems(context);
	} catch (error) {
		return rejectAll(context, error as Error);
	}
}

function processItems(context: IExecuteFunctions): INodeExecutionData[][] {
	const parameters = new ParameterReader(context);
	const operation = parameters.read('operation', 0);
	const suggests = operation === 'suggestPlan';
	const rules = suggests ? noRules : readRules((name) => parameters.read(name, 0));
	const clampFuture = suggests || !acceptsFutureTimes(parameters.read('options', 0));
	const trustMeta = operation !== 'convert';
	const nodeRun = nodeRunId(context);
	const now = Date.now();
	const events: INodeExecutionData[] = [];
	const rejected: INodeExecutionData[] = [];
	let duplicates = 0;

	for (const [itemIndex, { json, binary }] of context.getInputData().entries()) {
		let listIndex = 0;
		const options = {
			now,
			transport: 'item',
			verified: false,
			trustMeta,
			newId: () => derivedId(nodeRun, { itemIndex, listIndex: listIndex++ }),
			limits: itemLimits,
			clampFuture,
		} as const;
		try {
			const batch = readItem(json, (name, otherwise) => parameters.read(name, itemIndex, otherwise));
			const processed = applyToBatch(convert(batch, options), rules);
			// Files belong to an item. Copies for each event of a batch could be large.
			const isBatch = processed.events.length + processed.rejected.length > 1;
			const toItem = (entry: CanonicalEvent | (Reject & { item: number })) => ({
				json: entry as unknown as IDataObject,
				pairedItem: { item: itemIndex },
				...(isBatch || binary === undefined ? {} : { binary }),
			});
			for (const event of processed.events) events.push(toItem(event));
			for (const reject of processed.rejected) rejected.push(toItem({ item: itemIndex, ...reject }));
			duplicates += processed.duplicates;
		} catch (error) {
			// An expression that fails for one item must not lose the other items, or let them through unchecked.
			if (!context.continueOnFail()) {
				throw new NodeOperationError(context.getNode(), error as Error, { itemIndex });
			}
			const safe = { json: protectOrHide(json, rules.privacy), binary };
			rejected.push(unread(safe, itemIndex, 'unreadable_item', error as Error));
		}
	}
	hintAtRejects(context, rejected, events.length);
	if (duplicates > 0) hintAtDuplicates(context, duplicates);
	return [suggests ? toPlan(events) : events, rejected];
}

function acceptsFutureTimes(options: unknown): boolean {
	return (options as { acceptFutureTimes?: boolean }).acceptFutureTimes === true;
}

/** Returns the rows of the plan, as items, so that their JSON can be pasted as a plan. */
function toPlan(events: readonly INodeExecutionData[]): INodeExecutionData[] {
	const rows = suggestPlan(events.map(({ json }) => json as unknown as CanonicalEvent));
	return rows.map((row) => ({ json: row as unknown as IDataObject, pairedItem: { item: 0 } }));
}

/** Shows a hint, so that a node that rejects everything doesn't look like one without input. */
function hintAtRejects(
	context: IExecuteFunctions,
	rejected: readonly INodeExecutionData[],
	accepted: number,
): void {
	const [first] = rejected;
	if (first === undefined) return;
	const { item, message: reason } = first.json;
	const counts = `${rejected.length} of ${rejected.length + accepted} ${rejected.length === 1 ? 'was' : 'were'} rejected`;
	const message = `${counts} and came out of the Rejected output. The first rejected event (from item ${String(item)}, counted from 0): ${String(reason)}`;
	addHint(context, message, 'warning');
}

function hintAtDuplicates(context: IExecuteFunctions, count: number): void {
	const left = count === 1 ? '1 event was' : `${count} events were`;
	const message = `${left} skipped because the same payload contains another event with the same messageId.`;
	addHint(context, message);
}

/** Rejects all items if the node continues on errors: on an error, n8n would pass them through unchecked. */
function rejectAll(context: IExecuteFunctions, error: Error): INodeExecutionData[][] {
	if (!context.continueOnFail()) {
		throw new NodeOperationError(context.getNode(), error, {
			description: "No events were checked. Correct the node's settings, then run the node again.",
		});
	}
	const items = context.getInputData();
	return [[], items.map((item, itemIndex) => unread(item, itemIndex, 'misconfigured', error))];
}

function unread(
	{ json: event, binary }: { json: object | string; binary?: INodeExecutionData['binary'] },
	item: number,
	code: string,
	{ message }: Error,
): INodeExecutionData {
	const json = { item, index: 0, code, path: '', message, event: event as IDataObject | string };
	return { json, pairedItem: { item }, ...(binary === undefined ? {} : { binary }) };
}

function readItem(json: IDataObject, read: (name: string, otherwise?: unknown) => unknown): RawBatch {
	if (read('operation') !== 'convert') {
		const event = fieldOf(json, read('eventField'));
		return { format: 'item', events: [event], detectedBy: 'the format is set in the node' };
	}
	const { headersField } = read('options') as { headersField?: unknown };
	const headers = lowerCased(isGiven(headersField) ? fieldOf(json, headersField) : undefined);
	const payloadField = read('payloadField');
	const request = { body: fieldOf(json, payloadField), headers, subPath: '' };
	const item = { outside: json, ...(typeof payloadField === 'string' ? { pathToBody: payloadField } : {}) };
	const { format, paths } = readFormat(read('format'), read('paths', {}));
	const { userId, ...rows } = readRows((name) => read(name, ''));
	return readRequest(request, { format, paths: { ...paths, ...(userId && { userId }) }, item, rows });
}

function lowerCased(headers: unknown): Record<string, string | string[] | undefined> {
	if (!isObject(headers)) return {};
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value as string | string[]]),
	);
}
