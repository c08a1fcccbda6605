import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** A request refused as a whole. It starts no execution. */
export interface Refusal {
	status: 400 | 401 | 403 | 413 | 429;
	/** Public and stable; `docs/errors.md` lists them. */
	code:
		| 'empty_body'
		| 'not_json'
		| 'unauthorized'
		| 'origin_not_allowed'
		| 'address_not_allowed'
		| 'batch_too_large'
		| 'too_many_events'
		| 'rate_limited';
	message: string;
	retryAfterSeconds?: number;
}

/** The end of a step that would else have gone on. */
export interface Refused {
	ok: false;
	refusal: Refusal;
}

export const bodyExample = 'one event, {"batch":[…]} or a list of events as JSON';

export function refused(
	status: Refusal['status'],
	code: Refusal['code'],
	message: string,
	retryAfterSeconds?: number,
): Refused {
	return { ok: false, refusal: { status, code, message, retryAfterSeconds } };
}

export function refuse(context: IWebhookFunctions, refusal: Refusal): IWebhookResponseData {
	const { status, code, message, retryAfterSeconds } = refusal;
	const response = context.getResponseObject();
	if (retryAfterSeconds !== undefined) {
		response.setHeader('Retry-After', String(retryAfterSeconds));
		// Else browsers keep it from SDKs in pages of another origin.
		response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
	}
	response.status(status).json({ success: false, error: { code, message } });
	return { noWebhookResponse: true };
}
