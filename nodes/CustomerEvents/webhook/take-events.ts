import { randomUUID } from 'node:crypto';
import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { CanonicalEvent, Reject } from '../../shared/event';
import { convert, readRequest, requestId, type Converted, type RawBatch } from '../../shared/formats';
import { readFormat } from '../format-fields';
import { checkPlace, checkSender } from './gates';
import { readTriggerOptions, type TriggerOptions } from './options';
import { rateLimitOf } from './rate-limit';
import { readJson, readRawBody } from './raw-body';
import { bodyExample, refuse, refused, type Refused } from './refusal';
import { idsSeenBy, storedIds } from './seen-ids';
import { SenderSecrets } from './sender-secrets';

/**
 * Answers one request to the trigger: place, size, sender, JSON, rate, events, in this order. A batch with
 * some bad events is answered 200, since SDKs drop or resend whole batches on anything else; the reply and
 * the Rejected output say which events were bad and why.
 */
export async function takeEvents(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const options = readTriggerOptions(context);
	const intake = await readIntake(context, options);
	if (!intake.ok) return refuse(context, intake.refusal);

	const { batch, converted } = intake;
	const { fresh, repeated } = withoutRepetitions(context, converted, options);
	const events = fresh.filter(options.filter);
	const { rejected } = converted;
	const report = {
		success: true,
		accepted: events.length,
		duplicates: converted.duplicates + repeated,
		filtered: fresh.length - events.length,
		rejected: rejected.map(({ index, messageId, code, message }) => ({ index, messageId, code, message })),
		format: batch.format,
		detectedBy: batch.detectedBy,
	};
	const webhookResponse = options.responseBody ?? report;
	if (typeof webhookResponse === 'string') {
		context.getResponseObject().setHeader('Content-Type', 'text/plain; charset=utf-8');
	}
	if (events.length === 0 && rejected.length === 0) return { webhookResponse };
	return { webhookResponse, workflowData: toOutputs(events, rejected, options) };
}

type Intake = { ok: true; batch: RawBatch; converted: Converted } | Refused;

async function readIntake(context: IWebhookFunctions, options: TriggerOptions): Promise<Intake> {
	const { batchLimits, eventLimits, eventsPerSecond, clampFuture } = options;
	const misplaced = checkPlace(context, options);
	if (misplaced !== undefined) return { ok: false, refusal: misplaced };

	const read = await readRawBody(context);
	if (!read.ok) return read;
	const { raw } = read;
	if (raw.length > batchLimits.batchBytes) {
		const allowed = Math.floor(batchLimits.batchBytes / 1024);
		return refused(
			413,
			'batch_too_large',
			`The request is larger than ${allowed} KiB. Send smaller batches.`,
		);
	}
	const sender = await checkSender(context, raw);
	if (!sender.ok) return sender;

	if (raw.length === 0) return refused(400, 'empty_body', `The request has no body. Send ${bodyExample}.`);
	const body = readJson(context, raw);
	if (body === undefined) return refused(400, 'not_json', `The body is not JSON. Send ${bodyExample}.`);

	const headers = context.getHeaderData();
	const secrets = new SenderSecrets(sender.secrets);
	const format = readFormat(context.getNodeParameter('format'), context.getNodeParameter('paths', {}));
	const asSent = readRequest({ body, headers, subPath: subPathOf(context) }, format);
	const batch = secrets.hideInBatch(asSent, raw, headers);
	const { length } = batch.events;
	if (length > batchLimits.batchEvents) {
		const message = `The batch has ${length} events, at most ${batchLimits.batchEvents} are taken at once. Send smaller batches.`;
		return refused(413, 'too_many_events', message);
	}
	const now = Date.now();
	const waitSeconds =
		eventsPerSecond === 0 ? 0 : rateLimitOf(triggerId(context), eventsPerSecond, now).take(length, now);
	if (waitSeconds > 0) {
		const message = `More than ${eventsPerSecond} events a second are not taken. Send again in ${waitSeconds} s.`;
		return refused(429, 'rate_limited', message, waitSeconds);
	}
	const converted = convert(batch, {
		now,
		transport: 'webhook',
		webhookId: secrets.hideInText(requestId(headers) ?? ''),
		verified: sender.verified,
		newId: randomUUID,
		limits: eventLimits,
		clampFuture,
	});
	return { ok: true, batch, converted };
}

/** Leaves out what earlier requests brought, by the ids that the sender itself gave. */
function withoutRepetitions(
	context: IWebhookFunctions,
	{ events, sendersIds }: Converted,
	{ duplicates }: TriggerOptions,
): { fresh: CanonicalEvent[]; repeated: number } {
	// Whoever tries a workflow out sends the same event again and again.
	const keep = duplicates === 'keep' || context.getMode() === 'manual';
	if (keep) return { fresh: events, repeated: 0 };
	const inMemory = idsSeenBy(triggerId(context));
	const staticData = context.getWorkflowStaticData('node');
	const stored = duplicates === 'stored' ? storedIds(staticData) : undefined;
	const isRepeated = ({ messageId }: CanonicalEvent) =>
		sendersIds.has(messageId) && (inMemory.has(messageId) || stored?.has(messageId) === true);
	const fresh = events.filter((event) => !isRepeated(event));
	const taken = fresh.map(({ messageId }) => messageId).filter((id) => sendersIds.has(id));

	// Remembered once the sender has its answer: n8n may still fail to take the events, and then they come again.
	const response = context.getResponseObject();
	response.once('finish', () => {
		if (response.statusCode < 300) inMemory.add(taken);
	});
	if (stored !== undefined && taken.length > 0) {
		// n8n stores this together with the execution, so it holds only what was taken.
		stored.add(taken);
		staticData.seenIds = stored.toList();
	}
	return { fresh, repeated: events.length - fresh.length };
}

function triggerId(context: IWebhookFunctions): string {
	return `${context.getWorkflow().id}:${context.getNode().id}`;
}

function subPathOf(context: IWebhookFunctions): string {
	const { webhookId = '' } = context.getNode();
	const { path } = context.getRequestObject();
	return path.slice(path.indexOf(webhookId) + webhookId.length).replace(/^\/|\/$/g, '');
}

function toOutputs(
	events: readonly CanonicalEvent[],
	rejected: readonly Reject[],
	{ output }: TriggerOptions,
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
