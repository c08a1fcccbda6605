import { formatFields } from '../../../nodes/CustomerEvents/format-fields';
import { replyTo } from '../../../nodes/shared/webhook/reply';
import type { CanonicalEvent } from '../../../nodes/shared/event';
import type { Paths } from '../../../nodes/shared/formats';
import { expectDocumentedTable } from '../../documented-table';
import { nowIso } from '../event/helpers';
import { convertAll } from './helpers';
import { senders, type Sender } from './senders';

const code = (value: string) => `\`${value}\``;

/** The labels of the paths in the form. */
const labels = new Map(
	(formatFields.find(({ name }) => name === 'paths')?.options ?? []).map(
		(field) => [field.name, 'displayName' in field ? field.displayName : ''] as const,
	),
);

function withPaths(setUp: string, paths: Paths = {}): string {
	const list = Object.entries(paths).map(([field, path]) => `${labels.get(field)} ${code(String(path))}`);
	return list.length === 0 ? setUp : `${setUp}; paths: ${list.join(', ')}`;
}

function eventOf({ request, options }: Sender): CanonicalEvent {
	const { events, rejected } = convertAll(request, options);
	expect(rejected).toEqual([]);
	const [event, ...others] = events;
	if (event === undefined || others.length > 0) throw new Error('Each sample has one event');
	return event;
}

function userOf({ userId, anonymousId }: CanonicalEvent): string {
	return userId === null ? `${code(anonymousId ?? '')} (anonymous)` : code(userId);
}

test('the docs show where to point each sender, and what arrives', () => {
	const rows = senders.map((sender) => {
		const event = eventOf(sender);
		return [
			`[${sender.name}](${sender.source})`,
			withPaths(sender.setUp, sender.options?.paths),
			code(event.event ?? event.type),
			userOf(event),
			event.messageId === 'new-id' ? 'random' : code(event.messageId),
			event.timestamp === nowIso ? 'time of receipt' : code(event.timestamp.replace('.000Z', 'Z')),
		];
	});

	expect(rows.length).toBeGreaterThanOrEqual(40);
	expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length);
	expectDocumentedTable('docs/senders.md', 'senders', [
		['sender', 'setup', 'event', 'user', 'message ID', 'time'],
		...rows,
	]);
});

test('no sample of a known sender gives a warning, and others warn only of IDs that are numbers', () => {
	const warnings = senders.flatMap((sender) => {
		const { format, warnings: given } = eventOf(sender)._meta;
		return given.map(({ code: warning }) => `${format}: ${warning}`);
	});
	expect([...new Set(warnings)]).toEqual(['generic: id_from_number']);
});

test('the docs show the reply that each kind of sender gets', () => {
	const report = {
		...{ success: true as const, accepted: 1, duplicates: 0, filtered: 0, rejected: [] },
		...{ format: 'segment', detectedBy: 'the body has a list "batch"' },
	};
	const kinds = [
		['CloudEvents', 'cloudevents-binary', 'Knative treats any other body as a failure, and retries'],
		['Amplitude', 'amplitude', "Amplitude's SDKs treat a response without `code` as a failure"],
		['all other senders', 'segment-batch', 'these senders accept any response with status 200'],
	] as const;
	const rows = kinds.map(([sender, format, does]) => {
		const reply = replyTo({ format, events: [], detectedBy: '' }, report);
		const extra = Object.entries(reply).find(([field]) => !(field in report));
		const shown =
			extra === undefined ? 'the report' : `the report, with \`"${extra[0]}": ${String(extra[1])}\``;
		return [sender, reply === '' ? 'an empty body' : shown, does];
	});
	expectDocumentedTable('docs/senders.md', 'replies', [['sender', 'response', 'reason'], ...rows]);
});
