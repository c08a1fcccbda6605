import { isDeepStrictEqual } from 'node:util';
import { toJSONSchema } from 'zod/v4';
import { canonicalEventSchema, type CanonicalEvent } from '../../../nodes/shared/event';
import { requireClient } from '../../host/clients';
import { segmentBatch } from '../events';
import { median, takeTurns } from '../rounds';
import type { Sizes } from '../sizes';
import { requireShipped } from './shipped';

export interface NormalizingResults {
	events: number;
	/** Events per second. */
	ours: number;
	segment: number;
}

/** The part of @segment/actions-core that we use: the two steps from an event to a payload. */
interface ActionsCore {
	transform(mapping: object, event: object): Record<string, unknown>;
	validateSchema(payload: object, schema: object, options: { schemaKey: string }): boolean;
}

type SegmentBatch = ReturnType<typeof segmentBatch>;

const { convert, readRequest } =
	requireShipped<typeof import('../../../nodes/shared/formats')>('nodes/shared/formats');

const batchSize = 100;
const receivedAt = Date.UTC(2026, 0, 15, 12);

export async function benchNormalizing({ normalizeEvents, rounds }: Sizes): Promise<NormalizingResults> {
	const batches = Array.from({ length: normalizeEvents / batchSize }, (_, index) =>
		segmentBatch(batchSize, `batch-${index}`),
	);
	const theirs = await segmentsWay();
	expectSameContent(normalizeAll(batches), batches.flatMap(theirs));

	const perSecond = (work: () => unknown) => async () => (normalizeEvents * 1000) / timeOf(work);
	const runs = await takeTurns(
		{
			ours: perSecond(() => normalizeAll(batches)),
			segment: perSecond(() => batches.flatMap(theirs)),
		},
		// A round takes a fraction of a second. The first rounds are slow, before the code is compiled.
		5 * rounds,
	);
	return { events: normalizeEvents, ours: median(runs.ours), segment: median(runs.segment) };
}

/** Normalizes a batch as the trigger does. */
export function normalizeAll(batches: SegmentBatch[]): CanonicalEvent[] {
	return batches.flatMap((body) => {
		const { events, rejected } = convert(readRequest({ body, headers: {}, subPath: 'v1/batch' }), {
			now: receivedAt,
			transport: 'webhook',
			verified: 'write-key',
			newId: () => {
				throw new Error('Every event has an id');
			},
		});
		if (rejected.length > 0) throw new Error(`An event was rejected: ${rejected[0]?.message}`);
		return events;
	});
}

/** A mapping to the fields of a canonical event, with its rules. */
async function segmentsWay(): Promise<(batch: SegmentBatch) => Array<Record<string, unknown>>> {
	const { transform, validateSchema } = await requireClient<ActionsCore>('@segment/actions-core');
	const mapped = [
		...['type', 'messageId', 'event', 'userId', 'anonymousId'],
		...['properties', 'context', 'integrations', 'timestamp'],
	];
	const mapping = Object.fromEntries(mapped.map((field) => [field, { '@path': `$.${field}` }]));
	const { properties } = toJSONSchema(canonicalEventSchema) as { properties: Record<string, object> };
	const schema = {
		type: 'object',
		properties: Object.fromEntries(mapped.map((field) => [field, properties[field] ?? {}])),
		required: mapped,
	};
	return ({ batch }) =>
		batch.map((event) => {
			const payload = transform(mapping, event);
			validateSchema(payload, schema, { schemaKey: 'canonical-event' });
			return payload;
		});
}

function expectSameContent(ours: CanonicalEvent[], theirs: Array<Record<string, unknown>>): void {
	const content = ({ messageId, event, userId, properties, context }: Partial<CanonicalEvent>) => ({
		messageId,
		event,
		userId,
		properties,
		context,
	});
	if (isDeepStrictEqual(ours.map(content), theirs.map(content))) return;
	throw new Error('Our events and those of actions-core differ in what they say');
}

export function timeOf(work: () => unknown): number {
	const startedAt = performance.now();
	work();
	return performance.now() - startedAt;
}
