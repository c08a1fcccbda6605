import { accept, minimal, now, nowIso, warnings } from './helpers';

const { track } = minimal;
const after = (milliseconds: number) => new Date(now + milliseconds).toISOString();
const minute = 60_000;
const hour = 60 * minute;

/** The sender's clock is a day behind; the event happened an hour before it was sent. */
const happened = after(-25 * hour);
const sent = after(-24 * hour);
const upstream = after(-2 * minute);

describe('the time of an event, by the first rule that applies', () => {
	test.each([
		[
			'keeps a timestamp next to receivedAt, which an upstream has corrected',
			{ receivedAt: upstream, timestamp: after(-hour), originalTimestamp: happened, sentAt: sent },
			{ timestamp: after(-hour), receivedAt: upstream, originalTimestamp: happened, sentAt: sent },
		],
		[
			'keeps a timestamp next to receivedAt, without the other times',
			{ receivedAt: upstream, timestamp: after(-hour), sentAt: sent },
			{ timestamp: after(-hour), receivedAt: upstream, sentAt: sent },
		],
		[
			'keeps a timestamp next to originalTimestamp, which the caller has set',
			{ originalTimestamp: happened, timestamp: after(-3 * hour), sentAt: sent },
			{ timestamp: after(-3 * hour), receivedAt: nowIso, originalTimestamp: happened, sentAt: sent },
		],
		[
			'corrects the timestamp by its distance from sentAt',
			{ timestamp: happened, sentAt: sent },
			{ timestamp: after(-hour), receivedAt: nowIso, sentAt: sent },
		],
		[
			'corrects originalTimestamp by its distance from sentAt',
			{ originalTimestamp: happened, sentAt: sent },
			{ timestamp: after(-hour), receivedAt: nowIso, originalTimestamp: happened, sentAt: sent },
		],
		[
			'corrects originalTimestamp by its distance from sentAt, relative to receivedAt',
			{ originalTimestamp: happened, sentAt: sent, receivedAt: upstream },
			{ timestamp: after(-hour - 2 * minute), receivedAt: upstream },
		],
		[
			'gives an event that happened at sentAt the time of receipt',
			{ timestamp: sent, sentAt: sent },
			{ timestamp: nowIso, receivedAt: nowIso },
		],
		[
			'a clock that is ahead is corrected as well',
			{ timestamp: after(23 * hour), sentAt: after(24 * hour) },
			{ timestamp: after(-hour), receivedAt: nowIso },
		],
		['timestamp alone', { timestamp: happened }, { timestamp: happened, receivedAt: nowIso }],
		['originalTimestamp alone', { originalTimestamp: happened }, { timestamp: happened }],
		['receivedAt alone', { receivedAt: upstream }, { timestamp: upstream, receivedAt: upstream }],
		['sentAt alone', { sentAt: sent }, { timestamp: nowIso, receivedAt: nowIso, sentAt: sent }],
		['nothing', {}, { timestamp: nowIso, receivedAt: nowIso }],
	])('%s', (_, times, expected) => {
		expect(accept({ ...track, ...times })).toMatchObject(expected);
		expect(warnings({ ...track, ...times })).toEqual([]);
	});
});

describe('a sentAt before the event', () => {
	const skewed = { ...track, timestamp: after(-hour), sentAt: after(-hour - 1) };

	test('gives the event the time of receipt and a warning', () => {
		expect(accept(skewed)).toMatchObject({ timestamp: nowIso, receivedAt: nowIso });
		expect(warnings(skewed)).toEqual(['timestamp: clock_skew']);
	});

	test('has no effect if an earlier rule applies', () => {
		const received = { ...skewed, originalTimestamp: after(-hour) };
		expect(accept(received).timestamp).toBe(after(-hour));
		expect(warnings(received)).toEqual([]);
	});
});

describe('sentAt of the batch', () => {
	const shared = { sentAt: sent };

	test.each([[undefined], [null]])('applies to an event whose own sentAt is %j', (sentAt) => {
		const event = accept({ ...track, timestamp: happened, sentAt }, { shared });
		expect(event).toMatchObject({ timestamp: after(-hour), sentAt: sent });
	});

	test('has no effect on an event with its own sentAt', () => {
		const received = { ...track, timestamp: happened, sentAt: after(-23 * hour) };
		expect(accept(received, { shared })).toMatchObject({
			timestamp: after(-2 * hour),
			sentAt: after(-23 * hour),
		});
	});

	test('gives each event a warning if it is unreadable', () => {
		const received = { ...track, timestamp: happened };
		expect(accept(received, { shared: { sentAt: 'soon' } }).timestamp).toBe(happened);
		expect(warnings(received, { shared: { sentAt: 'soon' } })).toEqual(['sentAt: unreadable_time']);
	});

	test.each([[''], ['soon']])('applies to an event whose own sentAt is %j, which is unreadable', (sentAt) => {
		const event = accept({ ...track, timestamp: happened, sentAt }, { shared });
		expect(event).toMatchObject({ timestamp: after(-hour), sentAt: sent });
	});
});

describe('a time in the future', () => {
	const inFiveMinutes = { ...track, timestamp: after(5 * minute) };
	const beyond = { ...track, timestamp: after(5 * minute + 1) };

	test('is kept if it is up to five minutes ahead', () => {
		expect(accept(inFiveMinutes).timestamp).toBe(after(5 * minute));
		expect(warnings(inFiveMinutes)).toEqual([]);
	});

	test('is replaced with the time of receipt if it is more than five minutes ahead, with a warning', () => {
		expect(accept(beyond)).toMatchObject({ timestamp: nowIso, originalTimestamp: after(5 * minute + 1) });
		expect(warnings(beyond)).toEqual(['timestamp: future_time']);
	});

	test.each([
		['the caller set it', { originalTimestamp: happened, timestamp: after(hour) }],
		['an upstream corrected it', { receivedAt: upstream, timestamp: after(hour) }],
	])('is replaced if it is more than five minutes ahead, even if %s', (_, times) => {
		const event = accept({ ...track, ...times });
		expect(event.timestamp).toBe(event.receivedAt);
		expect(warnings({ ...track, ...times })).toEqual(['timestamp: future_time']);
	});

	test('is kept if the check is turned off', () => {
		expect(accept(beyond, { clampFuture: false }).timestamp).toBe(after(5 * minute + 1));
		expect(warnings(beyond, { clampFuture: false })).toEqual([]);
	});

	test('is replaced even if receivedAt is in the future, too', () => {
		const event = accept({ ...track, receivedAt: '2099-01-01', timestamp: '2099-01-01' });
		expect(Date.parse(event.timestamp)).toBeLessThanOrEqual(now + 5 * minute);
		expect(event._meta.warnings.map(({ code }) => code)).toContain('future_time');
	});
});

describe('a correction to a time before 1970, which is unreadable', () => {
	const received = { ...track, originalTimestamp: '1970-01-01T00:00:00Z', sentAt: now + 1000 };

	test('gives a time that the next node reads the same way', () => {
		const event = accept(received);
		expect(accept(event, { trustMeta: true })).toEqual(event);
	});

	test('gives a year of four digits', () => {
		const event = accept({ ...track, originalTimestamp: '1970-01-01T00:00:00Z', sentAt: '9999-12-31' });
		expect(event.timestamp).toMatch(/^\d{4}-/);
	});
});

describe('a receivedAt in the future', () => {
	const read = (receivedAt: string, clampFuture?: boolean) => {
		const event = accept({ ...track, receivedAt, timestamp: happened }, { clampFuture });
		return event.receivedAt;
	};
	const far = after(5 * minute + 1);

	test('is replaced with the time of receipt if it is more than five minutes ahead', () => {
		expect(read(far)).toBe(nowIso);
		expect(read(far, true)).toBe(nowIso);
		expect(read(after(5 * minute))).toBe(after(5 * minute));
	});

	test('is kept if future times are accepted', () => {
		expect(read(far, false)).toBe(far);
	});
});

test('an event that happened at the epoch by our clock keeps that time', () => {
	expect(accept({ ...track, timestamp: '1970-01-01', sentAt: nowIso }).timestamp).toBe(
		'1970-01-01T00:00:00.000Z',
	);
});
