import { isObject, webhookEventBytes, withoutSecrets, type JsonObject } from '../event';
import { amplitude } from './amplitude';
import { cloudEvents } from './cloud-events';
import { openEnvelopes } from './envelopes';
import { requestId, type Format, type FormatName, type IncomingRequest, type RawBatch } from './format';
import { generic } from './generic';
import { Fields, withPaths, type Paths, type Surroundings } from './paths';
import { postHog, postHogPaths } from './posthog';
import { rehook } from './rehook';
import { segment, segmentPaths } from './segment';
import { simon } from './simon';
import { snsConfirmation } from './sns-confirmation';
import { standardWebhooks } from './standard-webhooks';
import { suprSend } from './suprsend';

/** All formats, in the order of detection. */
const inOrder: readonly Format[] = [
	cloudEvents,
	suprSend,
	amplitude,
	postHog,
	standardWebhooks,
	segment,
	rehook,
	simon,
	generic,
];

/** All formats for the form, sorted by name. */
export const formats = inOrder
	.map(({ name, displayName, description }) => ({ name, displayName, description }))
	.sort((a, b) => a.displayName.localeCompare(b.displayName));

export interface ReadOptions {
	/** The format of the request. Default: detect it. */
	format?: FormatName;
	/** How the sender proved who it is. A sender that has a preset is known by it. */
	sender?: string;
	/** For formats without fixed fields. */
	paths?: Paths;
	/** The item of a workflow that the body comes from. */
	item?: Pick<Surroundings, 'outside' | 'pathToBody'>;
}

/** Detects the format of a request and splits it into events. Never throws. */
export function readRequest(received: IncomingRequest, options: ReadOptions = {}): RawBatch {
	const { exactBody, ...request } = opened(received);
	const batch = snsConfirmation(request.body) ?? readBody(request, options);
	if (exactBody === undefined) return batch;
	const { events, map, requestId } = readBody({ ...request, body: exactBody }, options);
	return { ...batch, requestId, exact: { events, map } };
}

interface OpenedRequest extends IncomingRequest {
	/** The ID that an envelope around the body has. */
	envelopeId?: string;
	/** The envelope. */
	outside?: unknown;
}

/** Takes the body out of its envelope, if it is in one. */
function opened(request: IncomingRequest): OpenedRequest {
	// Text in a CloudEvent is its data, even if it looks like JSON.
	const envelope = 'ce-specversion' in request.headers ? undefined : openEnvelopes(request.body);
	if (envelope === undefined) return request;
	const { requestId, ...inner } = envelope;
	return { ...request, exactBody: undefined, ...inner, envelopeId: requestId, isEncoded: true };
}

function readBody({ envelopeId, ...received }: OpenedRequest, options: ReadOptions): RawBatch {
	const asSent = { ...received, body: withoutMarks(received.body) };
	const [format, detectedBy] = choose(asSent, options.format);
	// Some formats keep the whole body as properties; the write key must not be there.
	const request = { ...asSent, body: withoutSecrets(asSent.body) };
	const fields = new Fields({ ...options.item, ...request }, withPaths(format.paths, options.paths ?? {}));
	const events = format.read(request, fields);
	return {
		...events,
		detectedBy,
		eventBytes: format.eventBytes ?? webhookEventBytes,
		requestId: requestId(request.headers, events.requestId ?? envelopeId),
		...(request.isEncoded === true ? { isEncoded: true } : {}),
	};
}

const byteOrderMark = '\uFEFF';

/** Removes byte order marks from the names of fields. A table in a file can have one before its first column. */
function withoutMarks(body: unknown): unknown {
	if (Array.isArray(body)) return body.some(hasMark) ? body.map(withoutMarks) : body;
	if (!hasMark(body)) return body;
	return Object.fromEntries(
		Object.entries(body).map(([key, value]) => [key.replaceAll(byteOrderMark, ''), value]),
	);
}

/** A mark can only be in the first field, since the file starts with it. */
function hasMark(body: unknown): body is JsonObject {
	if (!isObject(body)) return false;
	for (const key in body) return key.startsWith(byteOrderMark);
	return false;
}

type Choice = [format: Format, detectedBy: string];

function choose(request: IncomingRequest, name?: FormatName): Choice {
	const chosen = inOrder.find((format) => format.name === name);
	if (chosen !== undefined) return [chosen, 'the format was chosen'];
	return detect(request) ?? detectByEntry(request) ?? [generic, 'no other format fits'];
}

function detect(request: IncomingRequest): Choice | undefined {
	for (const format of inOrder) {
		const reason = format.matches?.(request);
		if (reason !== undefined) return [format, reason];
	}
	return undefined;
}

/** Detects the format of a list by its first entry that shows one. */
function detectByEntry(request: IncomingRequest): Choice | undefined {
	if (!Array.isArray(request.body)) return undefined;
	for (const entry of request.body as unknown[]) {
		const found = isObject(entry) ? detect({ ...request, body: entry }) : undefined;
		if (found !== undefined) return [found[0], found[1].replace('the body', 'an entry of the list')];
	}
	return undefined;
}

/** All paths that SDKs append to the webhook's URL. */
export const sdkPaths = [...segmentPaths, ...postHogPaths];
