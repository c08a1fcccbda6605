import type { IWebhookFunctions } from 'n8n-workflow';
import { secretsOf, verifySender, type Verdict } from '../../shared/signatures';
import { toVerification, type WebhookCredential } from './credential';
import type { TriggerOptions } from './options';
import { readJson } from './raw-body';
import type { Refusal, Refused } from './refusal';

/** What n8n's types leave out of the request that Express gives. */
interface Request {
	ip?: string;
	ips: string[];
	headers: Record<string, string | undefined>;
}

/** Looked at before anything of the body is. */
export function checkPlace(
	context: IWebhookFunctions,
	{ allowedAddresses, allowedOrigins }: TriggerOptions,
): Refusal | undefined {
	const { ip, ips, headers } = context.getRequestObject() as Request;
	// Behind proxies that n8n was told of, the sender's own address comes first.
	if (!allowedAddresses.allows(ips[0] ?? ip)) {
		return {
			status: 403,
			code: 'address_not_allowed',
			message: 'Requests from this address are not taken here.',
		};
	}
	const { origin } = headers;
	if (origin === undefined || allowedOrigins.length === 0 || allowedOrigins.includes(origin))
		return undefined;
	// n8n has let the browser in already; without this header it keeps the answer from the page.
	context.getResponseObject().removeHeader('Access-Control-Allow-Origin');
	return {
		status: 403,
		code: 'origin_not_allowed',
		message: 'Pages of this origin may not send events here.',
	};
}

export type Sender =
	/** With the secrets by which senders are recognised here. */
	{ ok: true; verified: string | false; secrets: readonly string[] } | Refused;

/** Over the bytes as they came, before anything in them is believed. */
export async function checkSender(context: IWebhookFunctions, rawBody: Buffer): Promise<Sender> {
	if (context.getNodeParameter('authentication') === 'none')
		return { ok: true, verified: false, secrets: [] };
	const credential = await context.getCredentials<WebhookCredential>('customerEventsWebhookApi');
	const headers = context.getHeaderData();
	const parseBody = () => readJson(context, rawBody);
	const verification = toVerification(credential);
	const verdict = verifySender({ headers, rawBody, now: Date.now(), parseBody }, verification);
	return verdict.ok
		? { ...verdict, secrets: secretsOf(verification) }
		: { ok: false, refusal: unauthorized(context, verdict) };
}

/** Whoever is probing learns nothing; whoever builds the workflow, and listens for test events, learns why. */
function unauthorized(
	context: IWebhookFunctions,
	{ code, message }: Extract<Verdict, { ok: false }>,
): Refusal {
	context.logger.info(`Customer Events Trigger refused a request: ${message}`, {
		node: context.getNode().name,
		code,
	});
	const reason = context.getMode() === 'manual' ? ` ${message} (Only the test URL says why.)` : '';
	return {
		status: 401,
		code: 'unauthorized',
		message: `The request does not prove who sent it, in the way that this webhook asks for.${reason}`,
	};
}
