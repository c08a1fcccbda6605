import { get } from 'lodash';
import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { isObject, itemLimits, type CanonicalEvent, type Reject } from '../shared/event';
import { convert, readRequest, requestId, type RawBatch } from '../shared/formats';
import { derivedId, nodeRunId } from '../shared/node-run';
import { ParameterReader } from '../shared/parameters';
import { applyRules, protectReject } from '../shared/rules';
import { readFormat } from './format-fields';
import { readRules } from './rules-fields';

/** The whole of the node's `execute`: each item into events and rejects, in the items' order. */
export function handleItems(context: IExecuteFunctions): INodeExecutionData[][] {
	try {
		return sortItems(context);
	} catch (error) {
		return rejectAll(context, error as Error);
	}
}

function sortItems(context: IExecuteFunctions): INodeExecutionData[][] {
	const parameters = new ParameterReader(context);
	const rules = readRules((name) => parameters.read(name, 0));
	const { acceptFutureTimes } = parameters.read('options', 0) as { acceptFutureTimes?: boolean };
	const trustMeta = parameters.read('operation', 0) === 'validate';
	const nodeRun = nodeRunId(context);
	const now = Date.now();
	const events: INodeExecutionData[] = [];
	const rejected: INodeExecutionData[] = [];
	let duplicates = 0;

	for (const [itemIndex, { json }] of context.getInputData().entries()) {
		const toItem = (entry: CanonicalEvent | Reject) => ({
			json: entry as unknown as IDataObject,
			pairedItem: { item: itemIndex },
		});
		const { batch, webhookId } = readItem(json, itemIndex, parameters);
		let position = 0;
		const converted = convert(batch, {
			now,
			transport: 'item',
			webhookId,
			verified: false,
			trustMeta,
			newId: () => derivedId(nodeRun, { itemIndex, position: position++ }),
			limits: itemLimits,
			clampFuture: acceptFutureTimes !== true,
		});
		duplicates += converted.duplicates;
		rejected.push(...converted.rejected.map((reject) => toItem(protectReject(reject, rules))));
		for (const event of converted.events) {
			const judged = applyRules(event, rules);
			if (judged.ok) events.push(toItem(judged.event));
			else rejected.push(toItem(judged.reject));
		}
	}
	if (duplicates > 0) hintAtDuplicates(context, duplicates);
	return [events, rejected];
}

function hintAtDuplicates(context: IExecuteFunctions, count: number): void {
	const left = count === 1 ? '1 event was' : `${count} events were`;
	const message = `${left} left out: the same payload holds one with the same messageId.`;
	context.addExecutionHints({ message, location: 'outputPane' });
}

/** Thrown on, n8n would pass the items through unchecked when it is set to continue. */
function rejectAll(context: IExecuteFunctions, error: Error): INodeExecutionData[][] {
	if (!context.continueOnFail()) {
		throw new NodeOperationError(context.getNode(), error, {
			description: 'Nothing was checked. Correct the settings of this node, then run it again.',
		});
	}
	const rejected = context.getInputData().map(({ json }, index) => ({
		json: { index, code: 'misconfigured', path: '', message: error.message, event: json },
		pairedItem: { item: index },
	}));
	return [[], rejected];
}

function readItem(
	json: IDataObject,
	itemIndex: number,
	parameters: ParameterReader,
): { batch: RawBatch; webhookId?: string } {
	const read = (name: string, otherwise?: unknown) => parameters.read(name, itemIndex, otherwise);
	if (read('operation') === 'validate') {
		const event = at(json, read('eventField'));
		return { batch: { format: 'item', events: [event], detectedBy: 'the format was chosen' } };
	}
	const { headersField } = read('options') as { headersField?: string };
	const headers = lowerCased(headersField === undefined ? undefined : get(json, headersField));
	const request = { body: at(json, read('payloadField')), headers, subPath: '' };
	return {
		batch: readRequest(request, readFormat(read('format'), read('paths', {}))),
		webhookId: requestId(headers),
	};
}

function at(json: IDataObject, field: unknown): unknown {
	return typeof field === 'string' && field !== '' ? get(json, field) : json;
}

function lowerCased(headers: unknown): Record<string, string | string[] | undefined> {
	if (!isObject(headers)) return {};
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value as string | string[]]),
	);
}
