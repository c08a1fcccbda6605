import { countBy } from 'lodash';
import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { isObject, text } from '../../event';
import { fieldOf, type ParameterReader } from '../../parameters';
import { unreadableItem } from '../../service/failure';
import { operationsWith } from '../../service/event-choices';
import { operationName } from '../../service/operations';
import type { Run } from '../run';
import { failedUnsent, type Input, type ReadInput } from '../stages';
import type { EarlierTries } from './earlier-tries';
import { readItemFiles } from './item-files';

/** Yields one input for each item, or its outcome where an earlier try has settled it or it can't be read. */
export async function* readEachItem(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	run: Run,
	earlierTries?: EarlierTries,
): AsyncGenerator<ReadInput> {
	const items = context.getInputData();
	if (items.length === 0) return;
	const { record, summary } = run.operation;
	const { files } = record;
	const isEvent = mapsAutomatically(run, parameters);
	// A record from fields is a new one each time.
	const earlierIds = isEvent ? readEarlierIds(items, run) : [];
	for (const [itemIndex, item] of items.entries()) {
		const position = { itemIndex, ...(summary === true ? { event: item.json } : {}) };
		const settled = earlierTries?.outcomeOf(item, itemIndex);
		if (settled !== undefined) {
			yield { ok: false, reason: settled };
			continue;
		}
		const fields = parameters.forItem(itemIndex);
		let content: Input['content'];
		try {
			content = isEvent ? { event: readEvent(context, item.json, fields('eventField')) } : { fields };
		} catch (error) {
			yield { ok: false, reason: failedUnsent(position, unreadableItem(error)) };
			continue;
		}
		const file = files === undefined ? noFile : await readItemFiles(context, itemIndex, fields, files);
		yield {
			ok: true,
			value: { position, content, settings: fields, earlierId: earlierIds[itemIndex], file },
		};
	}
}

/** Whether items are events. Otherwise the fields of the node are filled in. */
export function mapsAutomatically(
	{ operation }: Pick<Run, 'operation'>,
	parameters: ParameterReader,
): boolean {
	return operation.record.fromEvent !== undefined && parameters.read('mappingMode', 0) === 'canonicalEvent';
}

function noFile(field: string): never {
	throw new Error(`No file was read from '${field}'`);
}

function readEvent(context: IExecuteFunctions, json: IDataObject, field: unknown): unknown {
	const event = fieldOf(json, field);
	if (event !== undefined) return event;
	const named = typeof field === 'string' ? `There is no field '${field}'` : "'Event Field' finds nothing";
	throw new NodeOperationError(context.getNode(), `${named} in this item`, {
		description: "Correct 'Event Field', or leave it empty if the item itself is the event.",
	});
}

/**
 * Finds the IDs under which an earlier run sent events that have none of their own. They are in the items of
 * an error output and in a summary's failed records. With the same ID, the service recognizes a repetition.
 * An ID that several items share says nothing about any of them.
 */
function readEarlierIds(items: readonly INodeExecutionData[], run: Run): ReadonlyArray<string | undefined> {
	const ids = items.map(({ json }) => earlierIdIn(json, run));
	const times = countBy(ids);
	return ids.map((id) => (id !== undefined && times[id] === 1 ? id : undefined));
}

function earlierIdIn(
	{ error, record, messageId }: IDataObject,
	{ provider, operation }: Run,
): string | undefined {
	if (typeof error === 'string') return record === undefined ? undefined : text(messageId);
	const isOfThisOperation =
		isObject(error) &&
		error.status === 'failed' &&
		error.service === provider.displayName &&
		operationsWith(operation).some((each) => operationName(each) === error.operation);
	return isOfThisOperation ? text(error.messageId) : undefined;
}
