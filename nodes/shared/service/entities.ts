import { pick } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';
import { isObject, type Warning } from '../event';
import { readNumber, type Fields } from '../parameters';
import type { OperationResult } from './definition';

/** What a read returns: the entity itself, without a result around it. The form's fields say how much of it. */

const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The fields of a form that say how much of a response to return. */
export function entityFields({ entity }: OperationResult = {}): INodeProperties[] {
	return [
		...(entity?.isList === true ? [returnAll, limit] : []),
		...(entity?.simplified === undefined ? [] : [simplify]),
	];
}

/** How much of a response to return. */
export interface EntityView {
	/** Infinity for all. */
	limit: number;
	isSimplified: boolean;
}

/** Reads the values of `entityFields`. Undefined for operations that don't return entities. */
export function readView({ entity }: OperationResult = {}, fields: Fields): EntityView | undefined {
	if (entity === undefined) return undefined;
	return {
		limit: entity.isList === true ? readLimit(fields) : Infinity,
		isSimplified: entity.simplified !== undefined && fields('simplify') === true,
	};
}

/** Reads "Return All" and "Limit". Infinity for all. */
export function readLimit(fields: Fields): number {
	if (fields('returnAll') === true) return Infinity;
	const most = readNumber(fields('limit'));
	if (Number.isInteger(most) && (most as number) >= 1) return most as number;
	throw new Error("'Limit' must be a whole number of at least 1");
}

/** Returns the entities in a response body, and a warning if there may be more of them. */
export function entitiesIn(
	body: unknown,
	{ entity, items }: OperationResult,
	{ limit: most, isSimplified }: EntityView,
): { entities: unknown[]; warnings: Warning[] } {
	const all = items?.(body) ?? [body];
	const { simplified = [], mostInOneRequest = Infinity } = entity ?? {};
	const isIncomplete = most === Infinity && all.length >= mostInOneRequest;
	return {
		entities: all
			.slice(0, most)
			.map((each) => (isSimplified && isObject(each) ? pick(each, simplified) : each)),
		warnings: isIncomplete ? [moreEntries(mostInOneRequest)] : [],
	};
}

function moreEntries(most: number): Warning {
	const message = `There might be more entries, but the service returns only up to ${most}. Use filters to get the others.`;
	return { path: '', code: 'more_entries', message };
}
