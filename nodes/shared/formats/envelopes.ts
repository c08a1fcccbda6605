import { isObject, text, type JsonObject } from '../event';
import { parseJson, type ParsedJson } from './bodies/json';

/** What was in an envelope. */
export interface Opened extends ParsedJson {
	/** The ID that the envelope gives the message. */
	requestId?: string;
	/** The outermost envelope. */
	outside?: unknown;
}

/** How many envelopes may be inside each other. */
const mostEnvelopes = 3;

/**
 * Takes the body out of what services and queues wrap it in: text that holds JSON, a notification of Amazon SNS, a push
 * of Google Pub/Sub. Returns undefined if there is no such envelope around it.
 */
export function openEnvelopes(body: unknown): Opened | undefined {
	let opened: Opened | undefined;
	for (let count = 0; count < mostEnvelopes; count++) {
		const next = open(opened === undefined ? body : opened.body);
		if (next === undefined) break;
		opened = { ...next, requestId: opened?.requestId ?? next.requestId, outside: body };
	}
	return opened;
}

function open(body: unknown): Opened | undefined {
	if (typeof body === 'string') return parseInner(body);
	if (!isObject(body)) return undefined;
	if (isFromSns(body) && body.Type === 'Notification') {
		const inner = typeof body.Message === 'string' ? parseInner(body.Message) : undefined;
		return inner && { ...inner, requestId: text(body.MessageId) };
	}
	return openPubSub(body);
}

/** Recognizes Amazon SNS. Source: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
export function isFromSns({ Type, MessageId }: JsonObject): boolean {
	return text(MessageId) !== undefined && snsTypes.has(text(Type));
}

const snsTypes = new Set<string | undefined>([
	'Notification',
	'SubscriptionConfirmation',
	'UnsubscribeConfirmation',
]);

/** Source: https://cloud.google.com/pubsub/docs/push#receive_push */
function openPubSub({ message, subscription }: JsonObject): Opened | undefined {
	if (!isObject(message) || text(subscription) === undefined || typeof message.data !== 'string')
		return undefined;
	const inner = parseInner(Buffer.from(message.data, 'base64').toString('utf8'));
	return inner && { ...inner, requestId: text(message.messageId) ?? text(message.message_id) };
}

/** Parses an object or a list; undefined for anything else. */
function parseInner(json: string): ParsedJson | undefined {
	if (!/^\s*[[{"]/.test(json)) return undefined;
	const parsed = parseJson(json);
	return parsed === undefined || parsed.body === null || typeof parsed.body === 'number' ? undefined : parsed;
}
