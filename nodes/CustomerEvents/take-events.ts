import { randomUUID } from 'node:crypto';
import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { defaultBatchLimits, defaultEventLimits, type BatchLimits, type EventLimits } from '../shared/event';
import { convert, readRequest, type Converted } from '../shared/formats';
import { hasWriteKey } from '../shared/signatures';
import { splitKeys, type WebhookCredential } from './webhook-credential';

interface TriggerOptions {
	acceptFutureTimes?: boolean;
	maxBatchSize?: number;
	maxEventSize?: number;
	maxEventsPerBatch?: number;
}

/** A request refused as a whole. It starts no execution. */
interface Refusal {
	status: 400 | 401 | 413;
	code: 'empty_body' | 'not_json' | 'unauthorized' | 'batch_too_large' | 'too_many_events';
	message: string;
}

type Intake = { ok: true; converted: Converted } | { ok: false; refusal: Refusal };

/**
 * Answers one request to the trigger: size, sender, JSON, events, in this order. A batch with some bad
 * events is answered 200, since SDKs drop or resend whole batches on anything else; the reply and the
 * Rejected output say which events were bad and why.
 */
export async function takeEvents(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const intake = await readIntake(context);
	if (!intake.ok) return refuse(context, intake.refusal);

	const { events, rejected, duplicates } = intake.converted;
	const webhookResponse = {
		success: true,
		accepted: events.length,
		duplicates,
		rejected: rejected.map(({ index, messageId, code, message }) => ({ index, messageId, code, message })),
	};
	if (events.length === 0 && rejected.length === 0) return { webhookResponse };
	return { webhookResponse, workflowData: [toItems(events), toItems(rejected)] };
}

async function readIntake(context: IWebhookFunctions): Promise<Intake> {
	const options = context.getNodeParameter('options', {}) as TriggerOptions;
	const { batch: batchLimits, event: limits } = toLimits(options);
	const headers = context.getHeaderData();

	const raw = await readRawBody(context);
	if (raw !== undefined && raw.length > batchLimits.batchBytes) {
		const allowed = Math.floor(batchLimits.batchBytes / 1024);
		return refused(
			413,
			'batch_too_large',
			`The request is larger than ${allowed} KiB. Send smaller batches.`,
		);
	}
	const body = raw === undefined ? undefined : parseJson(raw);
	const sender = await checkSender(context, headers, body);
	if (!sender.ok)
		return refused(
			401,
			'unauthorized',
			'The request carries no valid write key. Send it as the user name of Basic authentication, in the header X-Write-Key, or as "writeKey" in the body.',
		);
	if (raw?.length === 0) return refused(400, 'empty_body', `The request has no body. Send ${bodyExample}.`);
	if (body === undefined) return refused(400, 'not_json', `The body is not JSON. Send ${bodyExample}.`);

	const batch = readRequest({ body, headers, subPath: subPathOf(context) });
	if (batch.events.length > batchLimits.batchEvents) {
		const { length } = batch.events;
		const message = `The batch has ${length} events, at most ${batchLimits.batchEvents} are taken at once. Send smaller batches.`;
		return refused(413, 'too_many_events', message);
	}
	const converted = convert(batch, {
		now: Date.now(),
		transport: 'webhook',
		webhookId: requestId(headers),
		verified: sender.verified,
		newId: randomUUID,
		limits,
		clampFuture: options.acceptFutureTimes !== true,
	});
	return { ok: true, converted };
}

const bodyExample = 'one event, {"batch":[…]} or a list of events as JSON';

function toLimits(options: TriggerOptions): { batch: BatchLimits; event: EventLimits } {
	const bytes = (kibibytes: number | undefined, otherwise: number) =>
		kibibytes === undefined ? otherwise : kibibytes * 1024;
	return {
		batch: {
			batchBytes: bytes(options.maxBatchSize, defaultBatchLimits.batchBytes),
			batchEvents: options.maxEventsPerBatch ?? defaultBatchLimits.batchEvents,
		},
		event: {
			...defaultEventLimits,
			eventBytes: bytes(options.maxEventSize, defaultEventLimits.eventBytes),
		},
	};
}

/** SDKs label JSON as text or as a form, so the bytes count and not what n8n made of them. */
async function readRawBody(context: IWebhookFunctions): Promise<Buffer | undefined> {
	const request = context.getRequestObject();
	try {
		if (request.rawBody === undefined) await request.readRawBody();
	} catch {
		// n8n has taken the body apart already, as it does with multipart forms: there is no JSON in it.
		return undefined;
	}
	return request.rawBody ?? Buffer.alloc(0);
}

const byteOrderMark = /^\uFEFF/;

function parseJson(raw: Buffer): unknown {
	try {
		return JSON.parse(raw.toString('utf8').replace(byteOrderMark, ''));
	} catch {
		return undefined;
	}
}

type Sender = { ok: true; verified: string | false } | { ok: false };

async function checkSender(context: IWebhookFunctions, headers: Headers, body: unknown): Promise<Sender> {
	if (context.getNodeParameter('authentication') === 'none') return { ok: true, verified: false };
	const { writeKeySecret } = await context.getCredentials<WebhookCredential>('customerEventsWebhookApi');
	return hasWriteKey({ headers, body }, splitKeys(writeKeySecret))
		? { ok: true, verified: 'write-key' }
		: { ok: false };
}

type Headers = ReturnType<IWebhookFunctions['getHeaderData']>;

/** Senders repeat this id when they try again, so events without an id of their own keep theirs. */
function requestId(headers: Headers): string | undefined {
	const id = headers['webhook-id'] ?? headers['svix-id'] ?? headers['idempotency-key'] ?? headers['ce-id'];
	return typeof id === 'string' && id.trim() !== '' ? id.trim() : undefined;
}

function subPathOf(context: IWebhookFunctions): string {
	const { webhookId = '' } = context.getNode();
	const { path } = context.getRequestObject();
	return path.slice(path.indexOf(webhookId) + webhookId.length).replace(/^\/|\/$/g, '');
}

function refused(status: Refusal['status'], code: Refusal['code'], message: string): Intake {
	return { ok: false, refusal: { status, code, message } };
}

function refuse(context: IWebhookFunctions, { status, code, message }: Refusal): IWebhookResponseData {
	context.getResponseObject().status(status).json({ success: false, error: { code, message } });
	return { noWebhookResponse: true };
}

function toItems(list: readonly object[]): INodeExecutionData[] {
	return list.map((entry) => ({ json: entry as IDataObject }));
}
