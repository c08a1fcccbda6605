import { isObject, type Provider } from '../shared';

/**
 * Rehook's errors are `{code, key, message, details, request_id}` (https://docs.rehook.ai/reference/trigger-event).
 * `code` isn't the HTTP status: it is 401 for a missing field under HTTP 400, or a name. `key` is the field.
 */
export const explain: NonNullable<Provider['explain']> = ({ statusCode, body }) => {
	if (!isObject(body) || !('code' in body || 'key' in body || 'request_id' in body)) return undefined;
	if (statusCode === 404) {
		return {
			message: `Rehook can't find this customer, wallet or referral code (status 404)${said(body)}`,
			description: withDetails(
				"Correct the ID or code, which must exist in the Rehook application that the credential's keys belong to.",
				statusCode,
				body,
			),
		};
	}
	if (body.code === 'NOT_FOUND_CODE') {
		return {
			description: withDetails(
				"Rehook can't find this coupon. Correct 'Coupon ID' or 'Coupon Code'. For a bulk user coupon, enter bulk as the 'Coupon ID'.",
				statusCode,
				body,
			),
		};
	}
	return refusals.has(statusCode)
		? {
				description: withDetails(
					'Correct the item as the message says, then send the item again.',
					statusCode,
					body,
				),
			}
		: undefined;
};

const refusals = new Set([400, 409, 422]);

function said({ message }: Record<string, unknown>): string {
	return typeof message === 'string' && message !== '' ? `: ${message}` : '';
}

function withDetails(
	advice: string,
	statusCode: number,
	{ code, key, message, details }: Record<string, unknown>,
): string {
	return [
		advice,
		...(isText(key) ? [`Field: ${key}.`] : []),
		...(isText(details) && details !== message ? [`Details: ${details}.`] : []),
		...((isText(code) || typeof code === 'number') && code !== statusCode
			? [`Rehook's own error code, not the HTTP status: ${code}.`]
			: []),
	].join(' ');
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}
