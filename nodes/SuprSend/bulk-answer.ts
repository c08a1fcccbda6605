import { answerFailure, type ProviderResponse, type RecordAnswer } from '../shared/delivery';
import { isObject } from '../shared/event';

/**
 * Reads the answer that speaks of each record by itself: status 207, `{records: [{status, status_code,
 * error}]}` in the order of the request (docs.suprsend.com, workflow trigger). Undefined for any other.
 */
export function readBulkAnswer({ statusCode, headers, body }: ProviderResponse): RecordAnswer[] | undefined {
	if (statusCode !== 207 || !isObject(body) || !Array.isArray(body.records)) return undefined;
	return body.records.map((record: unknown) => {
		const own = isObject(record) ? record : {};
		const recordStatus = typeof own.status_code === 'number' ? own.status_code : statusCode;
		const answer = { statusCode: recordStatus, headers, body: own.error ?? own };
		return {
			statusCode: recordStatus,
			body: own,
			failure: answerFailure(answer, { displayName: 'SuprSend' }, Date.now()),
		};
	});
}
