import { type AcceptedRecord, type DroppedRecord, isObject, stringOrNothing } from '../provider';
import { type Flaw, lengthOf } from './replies';

type Fields = Record<string, unknown>;

const RESERVED_PREFIX = /^(\$|ss_)/i;
const RESERVED_BUT_ALLOWED: readonly string[] = [
	'$identify',
	'$notification_delivered',
	'$notification_dismiss',
	'$notification_clicked',
	'$app_launched',
	'$user_login',
	'$user_logout',
];
const MAX_LENGTHS = { $idempotency_key: 255, tenant_id: 64, brand_id: 64 } as const;
const EARLIEST_TIME = 1640995200000;

function flawOfName({ event: name }: Fields): Flaw | undefined {
	if (typeof name !== 'string') return { field: 'event', message: 'event must be a string' };
	if (lengthOf(name) < 2) return { field: 'event', message: 'event does not meet minimum length of 2' };
	if (RESERVED_PREFIX.test(name.trim()) && !RESERVED_BUT_ALLOWED.includes(name.trim())) {
		return { field: 'event', message: 'event_names starting with [$,ss_] are SuprSend reserves' };
	}
	return undefined;
}

/** Fields of events and of edits of users. `env` is compared only for signed requests. */
export function flawOfRecord(record: Fields, workspaceKey: string | undefined): Flaw | undefined {
	const { distinct_id: user, properties, $time: time, env } = record;
	if (typeof user !== 'string' || lengthOf(user) === 0) {
		return { field: 'distinct_id', message: 'distinct_id must be a non-empty string' };
	}
	if (properties !== undefined && !isObject(properties)) {
		return { field: 'properties', message: 'properties must be an object' };
	}
	for (const [field, max] of Object.entries(MAX_LENGTHS)) {
		const value = record[field];
		if (value === undefined) continue;
		if (typeof value !== 'string') return { field, message: `${field} must be a string` };
		if (lengthOf(value) > max) return { field, message: `${field} does not meet maximum length of ${max}` };
	}
	if (time !== undefined && !(Number.isInteger(time) && Number(time) >= EARLIEST_TIME)) {
		return { field: '$time', message: `$time must be an integer of at least ${EARLIEST_TIME}` };
	}
	if (workspaceKey !== undefined && env !== workspaceKey) {
		return { field: 'env', message: 'env is not the workspace that signed the request' };
	}
	return undefined;
}

/** Returns the first problem of an event, or undefined. */
export const flawOfEvent = (event: Fields, workspaceKey: string | undefined): Flaw | undefined =>
	flawOfRecord(event, workspaceKey) ?? flawOfName(event);

const labeled = (event: Fields) => ({
	kind: 'event',
	body: event,
	name: stringOrNothing(event.event),
	user: stringOrNothing(event.distinct_id),
});

/** The docs don't say whether such an event uses up its idempotency key. Here it doesn't. */
export const dropEvent = (event: Fields): DroppedRecord => ({
	...labeled(event),
	reason: 'no user has this distinct_id; identify them first',
});

export const acceptEvent = (event: Fields): AcceptedRecord => ({
	...labeled(event),
	idempotencyKey: stringOrNothing(event.$idempotency_key)?.trim() || undefined,
});
