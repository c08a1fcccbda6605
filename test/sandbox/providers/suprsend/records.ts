import {
	type AcceptedRecord,
	type Answer,
	type DroppedRecord,
	isObject,
	type ProviderRequest,
	stringOrNothing,
	text,
} from '../provider';
import { on, type Route } from '../route';
import { acceptEvent, dropEvent, flawOfEvent, flawOfRecord } from './event';
import { type Flaw, MAX_REQUEST_BYTES, refuse } from './replies';
import { flawOfOperations, operationsIn } from './user-operations';
import type { Users } from './users';

type Fields = Record<string, unknown>;

const MAX_EVENTS = 100;
const MAX_EDITS = 400;
const MAX_EDIT_BYTES = 10 * 1024;

const isEdit = (record: Fields): boolean => '$user_operations' in record;

function flawOfEdit(edit: Fields, workspaceKey: string | undefined): Flaw | undefined {
	if (Buffer.byteLength(JSON.stringify(edit)) > MAX_EDIT_BYTES) {
		return { field: '$user_operations', message: `an edit must not cross ${MAX_EDIT_BYTES} bytes` };
	}
	const message = flawOfOperations(operationsIn(edit.$user_operations));
	return flawOfRecord(edit, workspaceKey) ?? (message ? { field: '$user_operations', message } : undefined);
}

/** An edit may also create users, and identifying many users arrives as an edit. */
function acceptEdit(edit: Fields): AcceptedRecord {
	const operations = operationsIn(edit.$user_operations).filter(isObject);
	const name = operations.flatMap((operation) => Object.keys(operation)).join(', ');
	return { kind: 'user', body: edit, name, user: stringOrNothing(edit.distinct_id) };
}

/** The docs don't say whether an array may hold both. Here, the smaller limit applies if there is an event. */
function flawOfAll(records: readonly unknown[], workspaceKey: string | undefined): Flaw | undefined {
	const max = records.every((record) => isObject(record) && isEdit(record)) ? MAX_EDITS : MAX_EVENTS;
	if (records.length === 0 || records.length > max) {
		return { field: 'body', message: `an array must hold 1 to ${max} records` };
	}
	for (const record of records) {
		if (!isObject(record)) return { field: 'event', message: 'an event must be an object' };
		const flaw = (isEdit(record) ? flawOfEdit : flawOfEvent)(record, workspaceKey);
		if (flaw) return flaw;
	}
	return undefined;
}

interface Workspace {
	users: Users;
	/** Whether events of this user are accepted. */
	isKnown: (distinctId: string) => boolean;
	/** The workspace key of a signed request. */
	workspaceKeyOf: (request: ProviderRequest) => string | undefined;
}

/**
 * Plays `POST /event/`, which accepts events and edits of users, one or an array. SuprSend drops an event whose user doesn't
 * exist without a word: https://docs.suprsend.com/docs/event-vs-api-trigger
 */
export const routeOfRecords = ({ users, isKnown, workspaceKeyOf }: Workspace): Route =>
	on('POST', '/event/', (request): Answer => {
		const { body, bytes } = request;
		if (bytes.length > MAX_REQUEST_BYTES) {
			return refuse({ field: 'body', message: `a request must not cross ${MAX_REQUEST_BYTES} bytes` });
		}
		const records: readonly unknown[] = Array.isArray(body) ? body : [body];
		const flaw = flawOfAll(records, workspaceKeyOf(request));
		if (flaw) return refuse(flaw);
		const accepted: AcceptedRecord[] = [];
		const dropped: DroppedRecord[] = [];
		for (const record of records.filter(isObject)) {
			const user = String(record.distinct_id);
			if (isEdit(record)) {
				users.edit(user, operationsIn(record.$user_operations));
				accepted.push(acceptEdit(record));
			} else if (isKnown(user)) accepted.push(acceptEvent(record));
			else dropped.push(dropEvent(record));
		}
		return { ...text(202, 'OK'), accepted, dropped };
	});
