import { defaultBatchLimits, isObject, webhookEventBytes, withoutSecrets, type JsonObject } from '../event';
import { amplitude } from './amplitude';
import { cloudEvents } from './cloud-events';
import { openEnvelopes } from './envelopes';
import { requestId, type Format, type IncomingRequest, type RawBatch } from './format';
import { generic } from './generic';
import { Fields, withPaths, type Paths, type Surroundings } from './paths';
import { postHog, postHogPaths } from './posthog';
import { senderPresets, type SenderPreset } from './presets';
import { rehook } from './rehook';
import { asRows, type RowMapping } from './rows';
import { isSurelySegment, segment, segmentPaths } from './segment';
import { senderFormat } from './sender-format';
import { simon } from './simon';
import { snsConfirmation } from './sns-confirmation';
import { standardWebhooks } from './standard-webhooks';
import { suprSend } from './suprsend';

/** The formats that several senders share, in the order of detection. */
const sharedFormats: readonly Format[] = [
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

/** The formats of single senders. Their events can be in a shared format, too, which comes first. */
const senderFormats = senderPresets.map(senderFormat);

const allFormats = [...sharedFormats, ...senderFormats];

/** The shared formats for the form, sorted by name. */
export const formats = sharedFormats
	.map(({ name, displayName, description }) => ({ name, displayName, description }))
	.sort((a, b) => a.displayName.localeCompare(b.displayName));

export interface ReadOptions {
	/** The name of the format, or of a sender. Default: detect it. */
	format?: string;
	/** How the sender proved who it is. A sender that has a preset is known by it. */
	sender?: string;
	/** For formats without fixed fields. */
	paths?: Paths;
	/** What to make of events in no known format. Default: track events. */
	rows?: RowMapping;
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
	const [format, detectedBy] = choose(asSent, options);
	// Some formats keep the whole body as properties; the write key must not be there.
	const request = { ...asSent, body: withoutSecrets(asSent.body) };
	const fields = new Fields({ ...options.item, ...request }, withPaths(format.paths, options.paths ?? {}));
	const read = format.read(request, fields);
	const events = format === generic && options.rows ? asRows(read, fields, options.rows) : read;
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
	if (Array.isArray(body)) return body.some(hasMark) ? body.map(withoutMark) : body;
	return withoutMark(body);
}

function withoutMark(event: unknown): unknown {
	if (!hasMark(event)) return event;
	return Object.fromEntries(
		Object.entries(event).map(([key, value]) => [key.replaceAll(byteOrderMark, ''), value]),
	);
}

/** A mark can only be in the first field, since the file starts with it. */
function hasMark(body: unknown): body is JsonObject {
	if (!isObject(body)) return false;
	for (const key in body) return key.startsWith(byteOrderMark);
	return false;
}

type Choice = [format: Format, detectedBy: string];

function choose(request: IncomingRequest, { format, sender }: ReadOptions): Choice {
	const chosen = allFormats.find(({ name }) => name === format);
	if (chosen !== undefined) return [chosen, 'the format is set in the node'];
	const known = sender === undefined ? undefined : knownSender(sender);
	if (known !== undefined && hasOwnEvents(known, request)) return known.choice;
	return (
		detect(request, sharedFormats) ??
		detectByEntry(request) ??
		// Behind a relay, the headers of the sender may be there, too.
		detect(request, senderFormats) ??
		known?.choice ?? [generic, 'no other format fits']
	);
}

interface KnownSender {
	preset: SenderPreset;
	choice: Choice;
}

function knownSender(name: string): KnownSender | undefined {
	const preset = senderPresets.find((each) => each.name === name);
	const format = senderFormats.find((each) => each.name === name);
	if (preset === undefined || format === undefined) return undefined;
	return { preset, choice: [format, `the sender is ${preset.displayName}`] };
}

/**
 * Whether the events are the sender's own. A relay has those of others, and anybody may sign events of the Segment family
 * as a known sender does.
 */
function hasOwnEvents({ preset }: KnownSender, { body }: IncomingRequest): boolean {
	return preset.isRelay !== true && !isSurelySegment(body);
}

function detect(request: IncomingRequest, among: readonly Format[]): Choice | undefined {
	for (const format of among) {
		const reason = format.matches?.(request);
		if (reason !== undefined) return [format, reason];
	}
	return undefined;
}

/** How many entries of a list are looked at. Longer lists are refused, unless the user allows them. */
const mostEntries = defaultBatchLimits.batchEvents;

/** Detects the format of a list by its first entry that shows one. */
function detectByEntry(request: IncomingRequest): Choice | undefined {
	if (!Array.isArray(request.body)) return undefined;
	for (const entry of (request.body as unknown[]).slice(0, mostEntries)) {
		const found = isObject(entry) ? detect({ ...request, body: entry }, sharedFormats) : undefined;
		if (found !== undefined) return [found[0], found[1].replace('the body', 'an entry of the list')];
	}
	return undefined;
}

/** All paths that SDKs append to the webhook's URL. */
export const sdkPaths = [...segmentPaths, ...postHogPaths];
