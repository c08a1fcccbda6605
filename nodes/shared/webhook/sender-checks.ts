import type { IWebhookFunctions } from 'n8n-workflow';
import { accepted, notAccepted, type Checked } from '../checked';
import {
	secretsOf,
	verifySender,
	type RefusalReason,
	type SenderRequest,
	type Verification,
} from '../signatures';
import { toVerification } from './credential';
import { knownCredential, readCredential } from './recent-credentials';
import { refuse, type Refusal } from './refusal';
import type { TriggerOptions } from './options';
import { urlsOf } from './urls';

/** The parts of Express's request that n8n's types don't have. */
interface ExpressRequest {
	ip?: string;
	ips: string[];
	headers: Record<string, string | undefined>;
}

/** Checks the sender's IP address and, for requests from a browser, the origin of the page. Doesn't read the body. */
export function checkOrigin(
	context: IWebhookFunctions,
	{ allowedAddresses, allowedOrigins }: Pick<TriggerOptions, 'allowedAddresses' | 'allowedOrigins'>,
): Checked<undefined, Refusal> {
	const { ip, ips, headers } = context.getRequestObject() as ExpressRequest;
	// Behind trusted proxies, the sender's own address is the first one.
	if (!allowedAddresses.allows(ips[0] ?? ip)) {
		return refuse(
			403,
			'address_not_allowed',
			"This IP address isn't allowed to send events. Add it to 'IP Allow List' in the trigger's options.",
		);
	}
	const { origin } = headers;
	if (origin === undefined || allowedOrigins.length === 0 || allowedOrigins.includes(origin)) {
		return accepted(undefined);
	}
	// n8n has allowed every origin; without this header, the browser hides the reply from the page.
	context.getResponseObject().removeHeader('Access-Control-Allow-Origin');
	return refuse(
		403,
		'origin_not_allowed',
		"This website isn't allowed to send events. Add its origin to 'Allowed Origins' in the trigger's options.",
	);
}

export interface Sender {
	/** How the sender proved who it is, or false without authentication. */
	verified: string | false;
	/** The secrets of the credential. They must not show up in events. */
	secrets: readonly string[];
}

/**
 * Checks who sent the request, on the raw bytes: nothing in the body is trusted yet.
 * @param parseBody returns the body as JSON; undefined if it isn't JSON
 */
export async function checkSender(
	context: IWebhookFunctions,
	rawBody: Buffer,
	parseBody: () => unknown,
): Promise<Checked<Sender, Refusal>> {
	if (context.getNodeParameter('authentication') === 'none')
		return accepted({ verified: false, secrets: [] });
	const request: SenderRequest = {
		method: context.getRequestObject().method,
		headers: context.getHeaderData(),
		query: context.getQueryData() as Record<string, unknown>,
		urls: () => urlsOf(context),
		rawBody,
		now: Date.now(),
		parseBody,
	};
	const known = knownCredential(context);
	const byKnown = known && verify(request, toVerification(known));
	if (byKnown?.ok === true) return byKnown;
	// Nobody is refused because of a credential that may have changed.
	const verification = toVerification(await readCredential(context));
	const sender = verify(request, verification);
	return sender.ok ? sender : unauthorized(context, verification, sender.reason);
}

function verify(request: SenderRequest, verification: Verification): Checked<Sender, RefusalReason> {
	const check = verifySender(request, verification);
	return check.ok ? accepted({ verified: check.value, secrets: secretsOf(verification) }) : check;
}

/** Gives the reason only to the owner of the workflow, in the log and at the test URL. A stranger may try secrets. */
function unauthorized(
	context: IWebhookFunctions,
	{ scheme }: Verification,
	{ code, message }: RefusalReason,
): Checked<never, Refusal> {
	context.logger.info(`${context.getNode().name} refused a request: ${message}`, {
		node: context.getNode().name,
		code,
	});
	const reason = context.getMode() === 'manual' ? ` ${message} (Only the test URL shows the reason.)` : '';
	return notAccepted({
		status: 401,
		code: 'unauthorized',
		message: `The request isn't authenticated in the way that this webhook requires.${reason}`,
		// In a page, the browser would ask its visitor.
		asksForBasic: usesBasic.has(scheme) && context.getHeaderData().origin === undefined,
	});
}

const usesBasic = new Set<Verification['scheme']>(['basic', 'write-key']);
