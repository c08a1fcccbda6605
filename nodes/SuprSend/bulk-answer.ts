import { answerFailure, isGiven, isObject, type ProviderResponse, type RecordAnswer } from '../shared';
import { explain } from './explain';

/**
 * Reads a response that answers each record separately: status 207, `{records: [{status, status_code, error}]}`
 * in the order of the request (docs.suprsend.com, workflow trigger). Undefined for any other response.
 */
export function readBulkAnswer(response: ProviderResponse): RecordAnswer[] | undefined {
	return response.statusCode === 207 ? recordAnswers(response) : undefined;
}

/** Reads the `records` of a response. Those of message updates have no `status`, and the response isn't a 207. */
export function recordAnswers({ statusCode, headers, body }: ProviderResponse): RecordAnswer[] | undefined {
	if (!isObject(body) || !Array.isArray(body.records)) return undefined;
	return body.records.map((entry: unknown) => {
		const record = isObject(entry) ? entry : {};
		const { status = statusCode === 207 ? undefined : 'success' } = record;
		const failed = status !== 'success' || isGiven(record.error);
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
