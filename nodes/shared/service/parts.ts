import { chunk, sum } from 'lodash';
import { isObject } from '../event';
import type { RequestParts, Steps } from './definition';

/**
 * Sends a list of IDs of any length, in parts that the service accepts.
 * @param most IDs in one request
 * @returns the last response, with the total if each one has an `affected_count`
 */
export function* sendParts(
	ids: readonly unknown[],
	most: number,
	requestFor: (part: readonly unknown[]) => RequestParts,
): Steps {
	const counts: number[] = [];
	let last: unknown;
	for (const [index, part] of chunk(ids, most).entries()) {
		const done = index === 0 ? undefined : `The first ${index * most} of ${ids.length} IDs were processed.`;
		const { body } = yield { request: requestFor(part), done };
		if (isObject(body) && typeof body.affected_count === 'number') counts.push(body.affected_count);
		last = body;
	}
	return isObject(last) && counts.length > 0 ? { ...last, affected_count: sum(counts) } : last;
}
