import type { IWebhookFunctions } from 'n8n-workflow';
import { accepted, type Checked } from '../checked';
import { isObject } from '../event';
import { refuse, type Refusal } from './refusal';

/**
 * What services ask before they send events: whether the URL is there, often with a text to send back, a challenge.
 * Answers start no execution.
 */

/** The answer to a request that holds no events. */
export interface Handshake {
	webhookResponse: unknown;
}

/** The names that services give the challenge in the query: Mailchimp and others, Meta and WebSub, Microsoft Graph. */
const challengeParameters = ['challenge', 'hub.challenge', 'validationToken'];

const ready = 'Ready to receive events with POST.';

/** Challenges are short. Longer text is something else. */
const longestChallenge = 2_000;

/** Answers a request with GET or HEAD. Refuses it if it has an event in its query: it would look as if it was accepted. */
export function answerSetup(context: IWebhookFunctions): Checked<Handshake, Refusal> {
	const challenge = challengeInQuery(context);
	if (challenge === undefined && Object.keys(context.getQueryData() as object).some(isOfEvent)) {
		return refuse(
			405,
			'method_not_allowed',
			"Events in a URL's query string aren't accepted. Send them in the body of a POST request.",
		);
	}
	return accepted(answerText(context, challenge ?? ready));
}

const fieldsOfEvents = new Set([
	...['event', 'userId', 'user_id', 'anonymousId', 'anonymous_id', 'distinct_id'],
	...['messageId', 'message_id', 'properties', 'traits', 'data'],
]);

function isOfEvent(parameter: string): boolean {
	return fieldsOfEvents.has(parameter);
}

/** Answers a challenge that is sent by POST, without a body. Returns undefined if the request has none. */
export function answerChallengeInQuery(context: IWebhookFunctions, rawBody: Buffer): Handshake | undefined {
	const challenge = rawBody.length === 0 ? challengeInQuery(context) : undefined;
	return challenge === undefined ? undefined : answerText(context, challenge);
}

function challengeInQuery(context: IWebhookFunctions): string | undefined {
	const query = context.getQueryData() as Record<string, unknown>;
	const challenge = challengeParameters.map((name) => query[name]).find((value) => value !== undefined);
	return isChallenge(challenge) ? challenge : undefined;
}

/**
 * Answers WooCommerce's ping, which it sends without a signature when a webhook is saved. Returns undefined for any other
 * body.
 * Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks
 */
export function answerPing(context: IWebhookFunctions, rawBody: Buffer): Handshake | undefined {
	const isForm = context.getRequestObject().contentType === 'application/x-www-form-urlencoded';
	const isPing = isForm && rawBody.length <= longestPing && ping.test(rawBody.toString());
	return isPing ? answerText(context, ready) : undefined;
}

const ping = /^webhook_id=\d+$/;
const longestPing = 40;

/** Sends text that browsers don't render as a page. */
function answerText(context: IWebhookFunctions, webhookResponse: string): Handshake {
	const response = context.getResponseObject();
	response.setHeader('Content-Type', 'text/plain; charset=utf-8');
	response.setHeader('X-Content-Type-Options', 'nosniff');
	return { webhookResponse };
}

/**
 * Answers a body that is a challenge and nothing else, such as Slack's. Only for senders that are verified: nothing
 * in the body is read before the check. Returns undefined for any other body.
 * Source: https://docs.slack.dev/reference/events/url_verification
 */
export function answerChallengeInBody(body: unknown): Handshake | undefined {
	if (!isObject(body) || !isChallenge(body.challenge)) return undefined;
	const isNothingElse = Object.keys(body).every((key) => challengeFields.has(key));
	const isVerification = body.type === undefined || body.type === 'url_verification';
	if (!isNothingElse || !isVerification) return undefined;
	return { webhookResponse: { challenge: body.challenge } };
}

const challengeFields = new Set(['challenge', 'type', 'token']);

function isChallenge(value: unknown): value is string {
	return typeof value === 'string' && value !== '' && value.length <= longestChallenge;
}
