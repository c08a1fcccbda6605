import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { notAccepted, type Checked } from '../checked';

/** Why a request is refused as a whole. It starts no execution. */
export interface Refusal {
	status: 400 | 401 | 403 | 405 | 413 | 415 | 429 | 503;
	/** Public and stable; `docs/errors.md` lists them. */
	code:
		| 'empty_body'
		| 'not_json'
		| 'multipart_form'
		| 'method_not_allowed'
		| 'unauthorized'
		| 'origin_not_allowed'
		| 'address_not_allowed'
		| 'batch_too_large'
		| 'too_many_events'
		| 'rate_limited'
		| 'still_being_answered';
	message: string;
	retryAfterSeconds?: number;
	/** Asks the sender for the user and the password of Basic Auth. */
	asksForBasic?: boolean;
}

export const bodyExample = 'one event, {"batch":[…]} or a list of events as JSON';

export function refuse(
	status: Refusal['status'],
	code: Refusal['code'],
	message: string,
	retryAfterSeconds?: number,
): Checked<never, Refusal> {
	return notAccepted({ status, code, message, retryAfterSeconds });
}

/**
 * Refusals that can be accepted later, or in smaller batches. Amplitude's SDKs look for these at `code` in the body. For
 * others, they would need an `error` that is text.
 */
const sentAgain = new Set<Refusal['status']>([413, 429, 503]);

/** Sends the reply directly, since the result of `webhook()` can't set a status. */
export function sendRefusal(
	context: IWebhookFunctions,
	{ status, code, message, retryAfterSeconds, asksForBasic }: Refusal,
): IWebhookResponseData {
	const response = context.getResponseObject();
	// Some clients send them only when asked: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2
	if (status === 405) response.setHeader('Allow', 'POST');
	if (asksForBasic === true) response.setHeader('WWW-Authenticate', 'Basic realm="Customer Events"');
	if (retryAfterSeconds !== undefined) {
		response.setHeader('Retry-After', String(retryAfterSeconds));
		// Without it, browsers hide Retry-After from SDKs in pages of another origin.
		response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
	}
	const forAmplitude = sentAgain.has(status) ? { code: status } : {};
	response.status(status).json({ ...forAmplitude, success: false, error: { code, message } });
	return { noWebhookResponse: true };
}
