import { answerFailure, isGiven, isObject, type ProviderResponse, type RecordAnswer } from '../shared';
import { explain } from './explain';

/**
 * Reads a response that answers each record separately: status 207, `{records: [{status, status_code, error}]}`
 * in the order of the request (docs.suprsend.com, workflow trigger). Undefined for any other response.
 */
export function readBulkAnswer({ statusCode, headers, body }: ProviderResponse): RecordAnswer[] | undefined {
	if (statusCode !== 207 || !isObject(body) || !Array.isArray(body.records)) return undefined;
	return body.records.map((entry: unknown) => {
		const record = isObject(entry) ? entry : {};
		const failed = record.status !== 'success' || isGiven(record.error);
		const told = typeof record.status_code === 'number' ? record.status_code : statusCode;
		const recordStatus = failed && told < 400 ? 400 : told;
		const answer = { statusCode: recordStatus, headers, body: record.error ?? record };
		return {
			statusCode: recordStatus,
			body: record,
			failure: answerFailure(answer, { displayName: 'SuprSend', explain }, Date.now()),
		};
	});
}
