import { withoutSecrets } from '../event';
import { cloudEvents } from './cloud-events';
import { requestId, type Format, type FormatName, type IncomingRequest, type RawBatch } from './format';
import { generic } from './generic';
import type { Paths } from './paths';
import { postHog, postHogPaths } from './posthog';
import { rehook } from './rehook';
import { segment, segmentPaths } from './segment';
import { simon } from './simon';
import { standardWebhooks } from './standard-webhooks';
import { suprSend } from './suprsend';

/** In the order in which they are tried. */
const inOrder: readonly Format[] = [
	cloudEvents,
	suprSend,
	postHog,
	standardWebhooks,
	segment,
	rehook,
	simon,
	generic,
];

/** What a person can choose from, by name. */
export const formats = inOrder
	.map(({ name, displayName, description }) => ({ name, displayName, description }))
	.sort((a, b) => a.displayName.localeCompare(b.displayName));

export interface ReadOptions {
	/** Read every request in this format; without it, the format is detected. */
	format?: FormatName;
	/** Used by the formats in which an event has no fixed form. */
	paths?: Paths;
}

/** Finds the wire format of a request and splits it into its events. Never throws, whatever was sent. */
export function readRequest(request: IncomingRequest, options: ReadOptions = {}): RawBatch {
	const [format, detectedBy] = choose(request, options.format);
	// The write key is not part of an event, even in a format that keeps the whole body.
	const body = withoutSecrets(request.body);
	const events = format.read({ ...request, body }, options.paths ?? {});
	return { ...events, detectedBy, requestId: requestId(request.headers) };
}

function choose(request: IncomingRequest, name?: FormatName): [format: Format, detectedBy: string] {
	const chosen = inOrder.find((format) => format.name === name);
	if (chosen !== undefined) return [chosen, 'the format was chosen'];
	for (const format of inOrder) {
		const reason = format.matches?.(request);
		if (reason !== undefined) return [format, reason];
	}
	return [generic, 'no other format fits'];
}

/** Every path that SDKs append to the URL they are given. */
export const sdkPaths = [...segmentPaths, ...postHogPaths];
