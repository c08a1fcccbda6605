import { isObject, type Provider } from '../shared';

/**
 * Rehook's errors are `{code, key, message, details, request_id}` (https://docs.rehook.ai/reference/trigger-event).
 * `code` isn't the HTTP status: it is 401 for a missing field under HTTP 400, or a name. `key` is the field.
 */
export const explain: NonNullable<Provider['explain']> = ({ statusCode, body }) => {
	if (!isObject(body) || !('code' in body || 'key' in body || 'request_id' in body)) return undefined;
	if (statusCode === 404) {
		return {
			message: `Rehook has no such customer, wallet or referral code (status 404)${said(body)}`,
			description: withDetails(
				'Correct the ID or code. It must belong to the application whose keys the Rehook credential has.',
				statusCode,
				body,
			),
		};
	}
	if (body.code === 'NOT_FOUND_CODE') {
		return {
			description: withDetails(
				"Correct 'Coupon ID' or 'Coupon Code': Rehook has no such coupon. For bulk user coupons, the Coupon ID is bulk.",
				statusCode,
				body,
			),
		};
	}
	return refusals.has(statusCode)
		? {
				description: withDetails(
					'Correct the item as the message says, then send it again.',
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
			? [`Rehook's own code, which is not the HTTP status: ${code}.`]
			: []),
	].join(' ');
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}
