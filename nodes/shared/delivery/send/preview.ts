import { isObject, type Warning } from '../../event';
import { parseRedacted } from '../../redact';
import type { Prerequisite, ProviderRequest, Steps } from '../../service/definition';
import type { Outcome, PreparedRecord, PreviewedRequest } from '../stages';
import { requestHeaders } from './client';
import type { Connection } from './connection';
import { batchInfo, requestFor, urlOf } from './request';

/** Shows requests instead of sending them. Each request appears with its batch's first record. */
export class Preview {
	private readonly shownPrerequisites = new Set<string>();

	constructor(private readonly connection: Connection) {}

	batch(batch: readonly PreparedRecord[], batchIndex: number): Outcome[] {
		const info = batchInfo(batch, batchIndex);
		const request = this.show(requestFor(batch));
		return batch.map(({ position, messageId, operation, record, warnings, prerequisite }, index) => {
			const first = this.firstTime(prerequisite);
			return {
				position,
				messageId,
				attempts: 0,
				status: 'previewed',
				...info,
				...(index === 0 ? { request } : {}),
				...(first === undefined ? {} : { requestBefore: this.show(first) }),
				warnings: [...warnings, ...warnOfSteps(operation.steps?.(record))],
			};
		});
	}

	private firstTime(prerequisite: Prerequisite | undefined): ProviderRequest | undefined {
		const { once, request } = prerequisite ?? {};
		if (once === undefined) return request;
		if (this.shownPrerequisites.has(once)) return undefined;
		this.shownPrerequisites.add(once);
		return request;
	}

	private show(request: ProviderRequest): PreviewedRequest {
		const { secrets, shownHeaders, shownBody } = this.connection;
		const { method, body } = request;
		return {
			method,
			url: urlOf(this.connection, request),
			headers: { ...requestHeaders, ...shownHeaders },
			...(body === undefined ? {} : { body: withKeys(parseRedacted(body, secrets), shownBody) }),
		};
	}
}

/** Says that a record takes more requests than the one that is shown. */
function warnOfSteps(steps: Steps | undefined): Warning[] {
	const answer = { statusCode: 200, headers: {}, body: undefined };
	let count = 0;
	while (steps?.next(answer).done === false) count += 1;
	if (count < 2) return [];
	const message = `This is the first of ${count} requests. The node sends them one after the other.`;
	return [{ path: 'request', code: 'more_requests', message }];
}

function withKeys(body: unknown, shownBody: Connection['shownBody']): unknown {
	return isObject(body) ? { ...body, ...shownBody } : body;
}
