import { randomUUID } from 'node:crypto';
import { countBy, isEmpty } from 'lodash';
import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { accepted, type Checked } from '../checked';
import type { CanonicalEvent, Reject } from '../event';
import {
	convert,
	readRequest,
	type Converted,
	type DecodedBody,
	type RawBatch,
	type ReadOptions,
} from '../formats';
import { applyToBatch } from '../rules';
import { dropDuplicates } from './duplicates';
import {
	answerChallengeInBody,
	answerChallengeInQuery,
	answerPing,
	answerSetup,
	type Handshake,
} from './handshakes';
import { secondsToWait } from './rate-limit';
import { bodyDecoder, readRawBody } from './raw-body';
import { refuse, sendRefusal, type Refusal } from './refusal';
import { replyTo } from './reply';
import { checkOrigin, checkSender, type Sender } from './sender-checks';
import { SenderSecrets } from './sender-secrets';
import type { TriggerOptions } from './options';
import { subPathOf } from './urls';

/**
 * Handles one request to the trigger, from start to end. The status is 200 even if events are rejected, since SDKs drop
 * or resend the whole batch on any other status. The reply and the Rejected output say which events and why.
 */
export async function receive(
	context: IWebhookFunctions,
	options: TriggerOptions,
	format: Pick<ReadOptions, 'format' | 'paths'>,
): Promise<IWebhookResponseData> {
	const received = await readEvents(context, options, format);
	if (!received.ok) return sendRefusal(context, received.reason);
	if ('webhookResponse' in received.value) return received.value;

	const { batch, converted } = received.value;
	// Events that are left out anyway may be against the plan.
	const checked = applyToBatch(converted, options.rules, options.filter);
	const { rejected } = checked;
	const fresh = await dropDuplicates(context, triggerId(context), checked, options.duplicates);
	if (fresh === undefined) return sendRefusal(context, stillBeingAnswered);
	const events = fresh.filter(options.filter);
	const warnings = warningCounts(events);
	const webhookResponse =
		options.responseBody ??
		replyTo(batch, {
			success: true,
			accepted: events.length,
			duplicates: checked.duplicates + checked.events.length - fresh.length,
			filtered: fresh.length - events.length,
			rejected: rejected.map(({ index, messageId, code, message }) => ({ index, messageId, code, message })),
			...(isEmpty(warnings) ? {} : { warnings }),
			format: batch.format,
			detectedBy: batch.detectedBy,
		});
	if (typeof webhookResponse === 'string' && webhookResponse !== '') {
		context.getResponseObject().setHeader('Content-Type', 'text/plain; charset=utf-8');
	}
	if (events.length === 0 && rejected.length === 0) return { webhookResponse };
	return { webhookResponse, workflowData: toOutputs(events, rejected, options.output) };
}

/** Counts the warnings about events by their code. */
function warningCounts(events: readonly CanonicalEvent[]): Record<string, number> {
	return countBy(events.flatMap(({ _meta }) => _meta.warnings.map(({ code }) => code)));
}

const stillBeingAnswered: Refusal = {
	status: 503,
	code: 'still_being_answered',
	message: 'Another request with the same events is still being processed. Send this request again.',
	retryAfterSeconds: 5,
};

interface Received {
	batch: RawBatch;
	converted: Converted;
}

/** Checks origin, size, sender, JSON and rate, in this order, and then converts the events. */
async function readEvents(
	context: IWebhookFunctions,
	options: TriggerOptions,
	format: Pick<ReadOptions, 'format' | 'paths'>,
): Promise<Checked<Received | Handshake, Refusal>> {
	const origin = checkOrigin(context, options);
	if (!origin.ok) return origin;
	if (context.getRequestObject().method !== 'POST') return answerSetup(context);
	const rawBody = await readRawBody(context, options.batchLimits.batchBytes);
	if (!rawBody.ok) return rawBody;
	const { sent } = rawBody.value;
	const handshake = answerChallengeInQuery(context, sent) ?? answerPing(context, sent);
	if (handshake !== undefined) return accepted(handshake);

	const decode = bodyDecoder(context, rawBody.value);
	const sender = await checkSender(context, sent, () => bodyOf(decode()));
	if (!sender.ok) return sender;
	const decoded = decode();
	if (!decoded.ok) return decoded;
	const answer = answerChallengeInBody(decoded.value.body);
	return answer === undefined
		? convertEvents(context, options, format, sent, sender.value, decoded.value)
		: accepted(answer);
}

function bodyOf(decoded: Checked<DecodedBody, Refusal>): unknown {
	return decoded.ok ? decoded.value.body : undefined;
}

function convertEvents(
	context: IWebhookFunctions,
	options: TriggerOptions,
	format: Pick<ReadOptions, 'format' | 'paths'>,
	rawBody: Buffer,
	sender: Sender,
	{ warnings, brokenLines, ...decoded }: DecodedBody,
): Checked<Received, Refusal> {
	const secrets = new SenderSecrets(sender.secrets);
	const headers = secrets.hideInHeaders(context.getHeaderData());
	const asSent = readRequest(
		{ ...decoded, headers, subPath: subPathOf(context) },
		{ ...format, sender: sender.verified || undefined },
	);
	const batch = secrets.hideInBatch(asSent, rawBody, headers);
	const { length } = batch.events;
	const { batchEvents } = options.batchLimits;
	if (length > batchEvents) {
		const message = `The request has ${length} events, and the limit is ${batchEvents}. Send smaller batches, or raise 'Max Events per Batch' in the trigger's options.`;
		return refuse(413, 'too_many_events', message);
	}
	const now = Date.now();
	const wait = secondsToWait(triggerId(context), options.eventsPerSecond, length, now);
	if (wait > 0) {
		const message = `The limit is ${options.eventsPerSecond} events per second ('Events per Second' in the trigger's options). Send this request again in ${wait} s.`;
		return refuse(429, 'rate_limited', message, wait);
	}
	const converted = convert(batch, {
		now,
		transport: 'webhook',
		verified: sender.verified,
		newId: randomUUID,
		limits: options.eventLimits,
		clampFuture: options.clampFuture,
		warnings,
		brokenLines,
	});
	return accepted({ batch, converted });
}

function triggerId(context: IWebhookFunctions): string {
	return `${context.getWorkflow().id}:${context.getNode().id}`;
}

function toOutputs(
	events: readonly CanonicalEvent[],
	rejected: readonly Reject[],
	output: TriggerOptions['output'],
): INodeExecutionData[][] {
	if (output === 'event') return [events.map(toItem), rejected.map(toItem)];
	return [
		events.length === 0 ? [] : [toItem({ events })],
		rejected.length === 0 ? [] : [toItem({ rejected })],
	];
}

function toItem(entry: object): INodeExecutionData {
	return { json: entry as IDataObject };
}
