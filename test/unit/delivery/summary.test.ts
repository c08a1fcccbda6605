import type { InputPosition, Outcome } from '../../../nodes/shared/delivery/stages';
import { SummaryBuilder, summarySchema } from '../../../nodes/shared/delivery/report/summary';
import { failed } from './helpers';

const about = { requests: 3, retries: 1, durationMs: 42, service: 'SuprSend', operation: 'event:sendMany' };
const warning = { path: 'properties.a', code: 'renamed', message: 'It has another name now' };

const at = (itemIndex: number, listIndex?: number): InputPosition => ({
	itemIndex,
	event: { type: 'track', event: `e${itemIndex}` },
	...(listIndex === undefined ? {} : { listIndex }),
});
const delivered = (position = at(0), warnings = [warning].slice(1)): Outcome => ({
	position,
	attempts: 1,
	status: 'delivered',
	statusCode: 202,
	response: 'OK',
	warnings,
});
const failing = (position = at(0), failure = failed('refused', { statusCode: 400 }).reason): Outcome => ({
	position,
	attempts: 1,
	status: 'failed',
	failure,
});
const skipped = (position = at(0)): Outcome => ({
	position,
	attempts: 0,
	status: 'skipped',
	reason: { code: 'integrations', message: 'left out' },
});
const previewed = (position = at(0), url?: string, warnings = [warning].slice(1)): Outcome => ({
	position,
	attempts: 0,
	status: 'previewed',
	warnings,
	...(url === undefined ? {} : { request: { method: 'POST', url, headers: {}, body: [] } }),
});

function built(outcomes: Outcome[], previewOnly = false) {
	const builder = new SummaryBuilder();
	for (const outcome of outcomes) builder.add(outcome);
	return builder.build(about, previewOnly);
}

function summaryOf(outcomes: Outcome[], previewOnly = false) {
	const { item } = built(outcomes, previewOnly);
	expect(summarySchema.parse(item)).toBeDefined();
	return item;
}

test('has the keys that users look for first', () => {
	const keys = [
		...['status', 'total', 'success', 'failure', 'skipped', 'failed_records', 'warnings'],
		...['requests', 'retries', 'durationMs', 'service', 'operation'],
	];
	expect(Object.keys(summaryOf([delivered()]))).toEqual(keys);
	expect(Object.keys(summaryOf([previewed()], true))).toEqual(keys.toSpliced(5, 0, 'preview'));
});

test('counts the events by their outcome', () => {
	const outcomes = [delivered(), delivered(), delivered(), failing(), failing(), skipped()];
	expect(summaryOf(outcomes)).toMatchObject({
		...about,
		status: 'partial',
		total: 6,
		success: 3,
		failure: 2,
		skipped: 1,
	});
});

test.each([
	['success', 'all were delivered', [delivered(), delivered()]],
	['success', 'all were delivered or skipped', [delivered(), skipped()]],
	['skipped', 'all were skipped', [skipped()]],
	['skipped', 'there were no events', []],
	['partial', 'some failed', [delivered(), failing()]],
	['fail', 'all failed', [failing(), failing()]],
	['fail', 'none was delivered', [failing(), skipped()]],
])('has the status %s when %s', (status, _, outcomes) => {
	expect(summaryOf(outcomes)).toMatchObject({ status });
	expect(summaryOf(outcomes)).not.toHaveProperty('preview');
});

test('has the status previewed with Preview Only and lists what would fail', () => {
	const summary = summaryOf([previewed(at(0), 'https://a'), previewed(at(1)), failing(at(2))], true);
	expect(summary).toMatchObject({ status: 'previewed', total: 3, success: 0, failure: 1 });
	expect(summary.preview).toEqual([{ method: 'POST', url: 'https://a', headers: {}, body: [] }]);
});

test('shows the first ten previews and counts all requests', () => {
	const outcomes = Array.from({ length: 15 }, (_, i) => previewed(at(i), `https://${i}`));
	const { requests, preview } = summaryOf(outcomes, true);
	expect(requests).toBe(15);
	const urls = preview?.map((request) => (request as { url: string }).url);
	expect(urls).toEqual(Array.from({ length: 10 }, (_, i) => `https://${i}`));
});

test('lists failed events in input order as they were given', () => {
	const outcomes = [at(2), at(1, 3), at(0), at(1, 0), at(1, 11)].map((position) => failing(position));
	const { failed_records: records } = summaryOf(outcomes);
	expect(records.map(({ item, index }) => [item, index])).toEqual([
		[0, undefined],
		[1, 0],
		[1, 3],
		[1, 11],
		[2, undefined],
	]);
	expect(records[0]).toStrictEqual({
		messageId: undefined,
		record: { type: 'track', event: 'e0' },
		error: 'refused',
		code: 400,
		item: 0,
		details: failed('refused').reason,
	});
});

test('has our own code without an HTTP status', () => {
	const { failed_records: records } = summaryOf([failing(at(0), failed('timed_out').reason)]);
	expect(records).toMatchObject([{ code: 'timed_out' }]);
});

test('lists all failures of 1,000 events', () => {
	const outcomes = Array.from({ length: 1000 }, (_, i) => failing(at(i)));
	expect(summaryOf(outcomes).failed_records).toHaveLength(1000);
});

test('keeps up to 100 warnings of delivered and previewed events', () => {
	const two = [warning, { ...warning, path: 'other' }];
	expect(summaryOf([delivered(at(4), two), previewed(at(5), undefined, [warning])]).warnings).toEqual([
		{ item: 4, ...warning },
		{ item: 4, ...warning, path: 'other' },
		{ item: 5, ...warning },
	]);
	const many = Array.from({ length: 80 }, (_, i) => delivered(at(i), two));
	expect(summaryOf(many).warnings.slice(0, 100)).toEqual(
		many.slice(0, 50).flatMap(({ position: { itemIndex: item } }) => two.map((each) => ({ item, ...each }))),
	);
	expect(summaryOf(many).warnings.slice(100)).toMatchObject([
		{
			code: 'more_warnings',
			message: 'This list shows the first 100 warnings. All warnings by code: renamed × 160.',
		},
	]);
});

test('counts all warnings by their code, those of failed and skipped events included', () => {
	const other = { ...warning, code: 'left_out' };
	const many = Array.from({ length: 300 }, (_, i) => delivered(at(i), [warning, other]));
	const outcomes = [
		...many,
		{ ...failing(at(300)), warnings: [warning] },
		{ ...skipped(at(301)), warnings: [other, other] },
	];
	expect(built(outcomes).warningCounts).toEqual({ renamed: 301, left_out: 302 });
});

test('knows why the first skipped event was skipped', () => {
	expect(built([delivered(), skipped(), skipped()]).firstSkipped).toBe('left out');
	expect(built([delivered()]).firstSkipped).toBeUndefined();
});

test('sorts the warnings by item', () => {
	const outcomes = [7, 2, 11, 0].map((itemIndex) => delivered(at(itemIndex), [warning]));
	expect(summaryOf(outcomes).warnings.map(({ item }) => item)).toEqual([0, 2, 7, 11]);
});

test('keeps the ID of a failed event and its position in the list', () => {
	const { failed_records: records } = summaryOf([{ ...failing(at(0, 0)), messageId: 'm-1' }]);
	expect(records).toMatchObject([{ item: 0, index: 0, messageId: 'm-1' }]);
});

test('counts the requests for prerequisites in a preview', () => {
	const request = { method: 'POST', url: 'https://ping', headers: {} };
	const outcome = { ...previewed(at(0), 'https://event'), requestBefore: request } as Outcome;
	const { requests, preview } = summaryOf([outcome], true);
	expect(requests).toBe(2);
	expect(preview).toMatchObject([{ url: 'https://ping' }, { url: 'https://event' }]);
});
