import { memoize } from 'lodash';
import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { fieldOf, type ParameterReader } from '../../parameters';
import { unreadableItem } from '../../service/failure';
import { failedUnsent, type InputPosition, type ReadInput } from '../stages';

/** Yields the events of all items: the items themselves, or the lists of events that they hold in a field. */
export async function* readWholeRun(
	context: IExecuteFunctions,
	parameters: ParameterReader,
): AsyncGenerator<ReadInput> {
	const items = context.getInputData();
	if (items.length === 0) return;
	const settings = memoize(parameters.forItem(0));
	const toInput = (position: InputPosition): ReadInput => ({
		ok: true,
		value: { position, content: { event: position.event }, settings, file: noFile },
	});
	for (const [itemIndex, { json }] of items.entries()) {
		const position = { itemIndex, event: json };
		let events: unknown[] | undefined;
		try {
			events = listIn(context, json, parameters.read('eventsField', itemIndex));
		} catch (error) {
			yield { ok: false, reason: failedUnsent(position, unreadableItem(error)) };
			continue;
		}
		if (events === undefined) yield toInput(position);
		else for (const [listIndex, event] of events.entries()) yield toInput({ itemIndex, listIndex, event });
	}
}

/** Returns undefined when the item itself is the event. */
function listIn(context: IExecuteFunctions, json: IDataObject, eventsField: unknown): unknown[] | undefined {
	if (eventsField === '') return undefined;
	const list = fieldOf(json, eventsField);
	if (Array.isArray(list)) return list;
	const named = typeof eventsField === 'string' ? `The field '${eventsField}'` : "'Events Field'";
	throw new NodeOperationError(context.getNode(), `${named} doesn't contain a list of events`, {
		description: "Correct 'Events Field', or leave it empty if each item is one event.",
	});
}

function noFile(field: string): never {
	throw new Error(`Files can't be sent with many events at once, and '${field}' is a file`);
}
