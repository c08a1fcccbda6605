import { prepare as prepareInput } from '../../../nodes/shared/delivery/read/prepare';
import { requestFor } from '../../../nodes/shared/delivery/send/request';
import type { Input, PreparedRecord } from '../../../nodes/shared/delivery/stages';
import { nameFormats } from '../../../nodes/shared/event';
import type { Operation, Provider } from '../../../nodes/shared/service/definition';
import { readDeliveryOptions } from '../../../nodes/shared/service/delivery-options';
import { accepted } from '../../../nodes/shared/checked';
import { now, type JsonObject } from '../event/helpers';

export function findOperation(provider: Provider, resource: string, name: string): Operation {
	const found = provider.operations.find((each) => each.resource === resource && each.operation === name);
	if (found === undefined) throw new Error(`No operation ${resource}: ${name}`);
	return found;
}

/** The variable parts of the request for these records. */
export function partsOf(operation: Operation, ...records: PreparedRecord[]) {
	const { method: _, path: __, ...parts } = requestFor(records.map((record) => ({ ...record, operation })));
	return parts;
}

/** The operation that an option replaces this one with. */
export function whenOn(operation: Operation, option: string): Operation {
	const found = operation.options?.find(({ property }) => property.name === option)?.whenOn;
	if (found === undefined) throw new Error(`The option ${option} changes no operation`);
	return found;
}

/** The most records and bytes of an operation's requests, and the most bytes of a record. */
export const limitsOf = ({ bulk, record }: Operation) => ({
	maxRecords: bulk?.maxRecords,
	maxBytes: bulk?.maxBytes,
	recordBytes: record.maxBytes,
});

/** Prepares records of one operation as the node does, without n8n. */
export function tryOut(
	provider: Provider,
	operation: Operation,
	account: Record<string, string> = {},
	{ options = {}, ...settings }: JsonObject & { options?: JsonObject } = {},
) {
	const prepare = (content: Input['content']) =>
		prepareInput(inputOf(content, settings), {
			operation,
			operationFor: () => accepted(operation),
			provider,
			deliveryOptions: readDeliveryOptions({}),
			nameFormat: nameFormats[provider.nameFormat],
			account,
			timeZone: 'America/New_York',
			options,
			nodeRun: 'run-1',
			startedAt: now,
		});
	const prepared = (content: Input['content']): PreparedRecord => {
		const result = prepare(content);
		if (!result.ok) throw new Error(JSON.stringify(result.reason));
		return result.value;
	};
	/** Why the record isn't sent, or `sent`. */
	const verdict = (content: Input['content']): string => {
		const result = prepare(content);
		if (result.ok) return 'sent';
		const outcome = result.reason;
		if (outcome.status === 'skipped') return outcome.reason.message;
		return outcome.status === 'failed' ? outcome.failure.message : outcome.status;
	};
	const bodyOf = (content: Input['content']) =>
		JSON.parse(partsOf(operation, prepared(content)).body ?? 'null') as JsonObject;
	/** n8n fills in the default of Limit. */
	const fields = (values: JsonObject) => ({
		fields: (name: string) => (name === 'limit' ? (values.limit ?? 50) : values[name]),
	});
	return {
		prepared: (event: unknown) => prepared({ event }),
		preparedFromFields: (values: JsonObject) => prepared(fields(values)),
		/** The JSON body of a request with this one event. */
		body: (event: unknown) => bodyOf({ event }),
		verdict: (event: unknown) => verdict({ event }),
		bodyOfFields: (values: JsonObject) => bodyOf(fields(values)),
		verdictOfFields: (values: JsonObject) => verdict(fields(values)),
	};
}

function inputOf(content: Input['content'], settings: JsonObject): Input {
	return {
		position: { itemIndex: 0 },
		content,
		earlierId: 'derived-id',
		settings: (name) => settings[name] ?? {},
		file: (field) => {
			throw new Error(`There is no file in '${field}'`);
		},
	};
}

/** What the node stores for values that are filled in one by one. */
export function assignments(values: JsonObject): JsonObject {
	return {
		assignments: Object.entries(values).map(([name, value]) => ({ id: name, name, value, type: 'any' })),
	};
}
