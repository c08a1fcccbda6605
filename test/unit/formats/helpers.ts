import {
	convert,
	readRequest,
	type Converted,
	type IncomingRequest,
	type RawBatch,
	type ReadOptions,
} from '../../../nodes/shared/formats';
import type { CanonicalEvent, Reject } from '../../../nodes/shared/event';
import { now } from '../event/helpers';

export type Request = Partial<IncomingRequest>;

export function read(request: Request, options?: ReadOptions): RawBatch {
	return readRequest({ body: {}, headers: {}, subPath: '', ...request }, options);
}

export function convertAll(request: Request, options?: ReadOptions): Converted {
	return convert(read(request, options), {
		now,
		transport: 'webhook',
		verified: false,
		newId: () => 'new-id',
	});
}

/** The one event of a request. */
export function event(request: Request, options?: ReadOptions): CanonicalEvent {
	const { events, rejected } = convertAll(request, options);
	const [first] = events;
	if (first === undefined) throw new Error(`Rejected: ${rejected[0]?.message}`);
	return first;
}

/** The one reject of a request. */
export function reject(request: Request, options?: ReadOptions): Reject {
	const [first] = convertAll(request, options).rejected;
	if (first === undefined) throw new Error('Accepted');
	return first;
}
