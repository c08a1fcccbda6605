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

/** All formats, in the order of detection. */
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

/** All formats for the form, sorted by name. */
export const formats = inOrder
	.map(({ name, displayName, description }) => ({ name, displayName, description }))
	.sort((a, b) => a.displayName.localeCompare(b.displayName));

export interface ReadOptions {
	/** The format of the request. Default: detect it. */
	format?: FormatName;
	/** For formats without fixed fields. */
	paths?: Paths;
}

/** Detects the format of a request and splits it into events. Never throws. */
export function readRequest(request: IncomingRequest, options: ReadOptions = {}): RawBatch {
	const [format, detectedBy] = choose(request, options.format);
	// Some formats keep the whole body as properties; the write key must not be there.
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

/** All paths that SDKs append to the webhook's URL. */
export const sdkPaths = [...segmentPaths, ...postHogPaths];
