import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../nodes/shared/delivery';
import { prepareItem, type Delivery, type ItemSource } from '../../../nodes/shared/delivery/prepare';
import type { Outgoing, Provider } from '../../../nodes/shared/delivery/provider';
import { nameFormats } from '../../../nodes/shared/event';
import { now, type JsonObject } from '../event/helpers';

export function findOperation(provider: Provider, resource: string, name: string): Operation {
	const found = provider.operations.find((each) => each.resource === resource && each.operation === name);
	if (found === undefined) throw new Error(`No operation ${resource}: ${name}`);
	return found;
}

/** One operation of a provider, with what a run knows besides the items. */
export function tryOut(
	provider: Provider,
	operation: Operation,
	facts: Record<string, string> = {},
	{ options = {}, ...settings }: JsonObject & { options?: JsonObject } = {},
) {
	const prepare = (source: ItemSource) =>
		prepareItem(deliveryOf(source, settings), {
			operation,
			destination: provider.displayName,
			respectIntegrations: true,
			keepOrder: true,
			retryUncertain: false,
			nameFormat: nameFormats[provider.nameFormat],
			facts,
			timeZone: 'America/New_York',
			givenOptions: options,
		});
	const outgoing = (source: ItemSource): Outgoing => {
		const prepared = prepare(source);
		if (!prepared.ok) throw new Error(JSON.stringify(prepared.outcome));
		return prepared.outgoing;
	};
	/** Why nothing is sent, or `sent`. */
	const verdict = (source: ItemSource): string => {
		const prepared = prepare(source);
		if (prepared.ok) return 'sent';
		const { outcome } = prepared;
		if (outcome.status === 'skipped') return outcome.reason.message;
		return outcome.status === 'failed' ? outcome.failure.message : outcome.status;
	};
	const bodyOf = (source: ItemSource) =>
		JSON.parse(operation.request([outgoing(source)]).body ?? 'null') as JsonObject;
	return {
		outgoing: (event: unknown) => outgoing({ event, now }),
		outgoingOfFields: (values: JsonObject) => outgoing({ fields: (name) => values[name] }),
		/** The JSON body of a request with this one event. */
		body: (event: unknown) => bodyOf({ event, now }),
		verdict: (event: unknown) => verdict({ event, now }),
		bodyOfFields: (values: JsonObject) => bodyOf({ fields: (name) => values[name] }),
		verdictOfFields: (values: JsonObject) => verdict({ fields: (name) => values[name] }),
	};
}

function deliveryOf(source: ItemSource, settings: JsonObject): Delivery {
	return {
		place: { itemIndex: 0 },
		fallbackId: () => 'derived-id',
		readSource: () => source,
		settings: (name) => settings[name] ?? {},
		file: (field) => {
			throw new Error(`There is no file in '${field}'`);
		},
	};
}

/** What the node stores for values that were filled in one by one. */
export function assignments(values: JsonObject): JsonObject {
	return {
		assignments: Object.entries(values).map(([name, value]) => ({ id: name, name, value, type: 'any' })),
	};
}

/** Of the fields that a collection offers. */
export function namesIn(options: INodeProperties['options']): string[] {
	return (options ?? []).map(({ name }) => name);
}
