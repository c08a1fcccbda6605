import { notAccepted } from '../checked';
import { isObject, text } from '../event';
import { isFromSns } from './envelopes';
import type { RawBatch } from './format';

/**
 * Reads Amazon's request to confirm a subscription, or that it has ended. Its event is rejected, so that people see which URL to open; nothing
 * opens it by itself, since that would let anybody make n8n call URLs.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html
 */
export function snsConfirmation(body: unknown): RawBatch | undefined {
	if (!isObject(body) || !isFromSns(body) || body.Type === 'Notification') return undefined;
	const url = text(body.SubscribeURL) ?? '';
	const isOver = body.Type === 'UnsubscribeConfirmation';
	const toDo = isOver ? 'The subscription has ended. To subscribe again' : 'To confirm the subscription';
	const detail = amazonUrl.test(url)
		? `${toDo}, open this URL in a browser: ${url}`
		: "The SubscribeURL in this request doesn't belong to Amazon, so don't open it.";
	return {
		format: 'amazon-sns',
		detectedBy: `the body has the Type "${String(body.Type)}"`,
		events: [body],
		map: ({ MessageId }) =>
			notAccepted({ code: 'subscription_not_confirmed', path: '', detail, messageId: MessageId }),
	};
}

const amazonUrl = /^https:\/\/sns\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/[\x21-\x7e]{0,2000}$/;
