import { isObject } from '../event';
import { requestHeaders } from './client';
import { inBatch, type Outcome, type PreviewedRequest } from './outcome';
import type { Connection, Operation, Outgoing, ProviderRequest } from './provider';
import { parseRedacted } from '../redact';
import { requestTo } from './request';

/** Shows what would be sent, without sending it: each request with its batch's first record. */
export class Preview {
	private readonly before = new Set<string>();

	constructor(
		private readonly operation: Operation,
		private readonly connection: Connection,
	) {}

	batch(batch: readonly Outgoing[], batchIndex: number): Outcome[] {
		const travelled = inBatch(this.operation, batchIndex, batch.length);
		const request = this.show(requestTo(this.operation.endpoint, this.operation.request(batch)));
		return batch.map((outgoing, position) => {
			const { place, messageId, warnings } = outgoing;
			const requestBefore = this.firstTime(outgoing);
			return {
				place,
				messageId,
				attempts: 0,
				status: 'previewed',
				...travelled,
				...(position === 0 ? { request } : {}),
				...(requestBefore === undefined ? {} : { requestBefore: this.show(requestBefore) }),
				warnings,
			};
		});
	}

	private firstTime({ before }: Outgoing): ProviderRequest | undefined {
		if (before === undefined || (before.once !== undefined && this.before.has(before.once))) return undefined;
		if (before.once !== undefined) this.before.add(before.once);
		return before.request;
	}

	private show({ method, path, body, baseUrl = this.connection.baseUrl }: ProviderRequest): PreviewedRequest {
		const { secrets, shownHeaders, shownBody } = this.connection;
		return {
			method,
			url: `${baseUrl}${path}`,
			headers: { ...requestHeaders, ...shownHeaders },
			...(body === undefined ? {} : { body: withKeys(parseRedacted(body, secrets), shownBody) }),
		};
	}
}

function withKeys(body: unknown, shownBody: Connection['shownBody']): unknown {
	return isObject(body) ? { ...body, ...shownBody } : body;
}
