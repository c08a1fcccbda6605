import { randomUUID } from 'node:crypto';
import { type Answer, json } from '../provider';

export const filled = (value: unknown): string | undefined =>
	typeof value === 'string' && value.trim() !== '' ? value : undefined;

/** Documented for events, with this spelling. Other calls aren't documented and answer the same. */
export const processed = (): Answer =>
	json(200, { message: 'Request processed sucessfully', requestId: randomUUID() });

interface Refusal {
	code: number | string;
	key?: string;
	message: string;
	details: string;
}

const refusal = (status: number, { code, key, message, details }: Refusal): Answer =>
	json(status, { code, key, message, details, request_id: randomUUID() });

/** Documented as 400 in HTTP and 401 in the body. */
export function missingField(key: string): Answer {
	const message = `${key} field is required`;
	return refusal(400, { code: 401, key, message, details: message });
}

/** The refusal of a value with the wrong type isn't documented. */
export const invalidField = (key: string): Answer =>
	refusal(400, { code: 400, key, message: 'bad request', details: 'bad request' });

export const notFound = (status: 400 | 404): Answer =>
	refusal(status, { code: status, message: 'Resource Id not found', details: 'Given resource Id is wrong' });

/** Rehook's reference shows “NOT_FOUND_CODE” for coupons, with HTTP 400. */
export const couponNotFound = (): Answer =>
	refusal(400, {
		code: 'NOT_FOUND_CODE',
		message: 'Campaign not found details',
		details: 'Campaign not found details',
	});
