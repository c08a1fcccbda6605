import type { Format, IncomingRequest, RawBatch } from './format';
import { segmentArray, segmentBatch, segmentEvent } from './segment';

/** In the order in which they are tried; the last one takes everything. */
const formats: readonly Format[] = [segmentBatch, segmentArray, segmentEvent];

/** Recognises the wire format of a request and splits it into its events. */
export function readRequest(request: IncomingRequest): RawBatch {
	const format = formats.find(({ matches }) => matches(request)) ?? segmentEvent;
	return format.read(request);
}

export { convert, type Converted } from './convert';
export type { IncomingRequest, RawBatch } from './format';
export { segmentPaths } from './segment';
