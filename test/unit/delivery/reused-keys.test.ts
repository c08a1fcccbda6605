import { ReusedKeys } from '../../../nodes/shared/delivery/read/reused-keys';
import type { PreparedRecord } from '../../../nodes/shared/delivery/stages';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';
import { minimal, type JsonObject } from '../event/helpers';
import { findOperation, tryOut } from '../providers/helpers';
import { forOperation, operation as plain, recordOf } from './helpers';

const { track } = minimal;
const operation = findOperation(suprSend, 'event', 'send');
const events = tryOut(suprSend, operation);
const workflows = tryOut(suprSend, findOperation(suprSend, 'workflow', 'trigger'), {}, { workflow: 'w' });

/** Checks records in the order of their items. */
function check(records: PreparedRecord[]) {
	const keys = new ReusedKeys();
	return records.map((record, itemIndex) => keys.check({ ...record, position: { itemIndex } }).warnings);
}

/** Records of an operation with this idempotency key. */
function keyed<R extends PreparedRecord[]>(key: () => string, ...records: R): R {
	const own = { ...plain, idempotency: (_: object, content: string) => ({ key: key(), content }) };
	return forOperation(own, records) as R;
}

const sent = (more: JsonObject) => events.prepared({ ...track, messageId: 'm-1', ...more });

test('warns of two different events with one message ID, and names both items', () => {
	const [first, second, third] = check([
		sent({ event: 'Order Paid' }),
		sent({ messageId: 'm-2' }),
		sent({ event: 'Order Sent' }),
	]);
	expect([first, second]).toEqual([[], []]);
	expect(third).toMatchObject([
		{ code: 'key_reused', message: expect.stringMatching(/^Item 0 and Item 2 /) as string },
	]);
});

test('doesn’t warn of an event that a sender repeats, with a time that another clock difference corrects', () => {
	const times = ['2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05.690Z', '2026-01-02T03:04:05.678Z'];
	expect(check(times.map((timestamp) => sent({ timestamp })))).toEqual([[], [], []]);
});

test('warns of a fixed key for different items in Define Below, and says what to do', () => {
	const fields = (name: string) =>
		events.preparedFromFields({
			distinctId: 'u1',
			eventName: name,
			propertiesInput: 'json',
			propertiesJson: '{}',
		});
	const records = [fields('Order Paid'), fields('Order Sent'), fields('Order Paid')].map((record, index) => {
		const own = { ...record.record, $idempotency_key: 'fixed', $insert_id: `id-${index}` };
		return { ...record, record: own, json: JSON.stringify(own) };
	});
	const warnings = check(records);
	expect(warnings.map(({ length }) => length)).toEqual([0, 1, 0]);
	expect(warnings[1]?.[0]?.message).toMatch(/Item 0 and Item 1 .*'Idempotency Key', use an expression/);
});

test('warns of two different workflow triggers with one key', () => {
	const triggered = (properties: JsonObject) =>
		workflows.prepared({ ...track, messageId: 'm-1', properties });
	expect(check([triggered({ a: 1 }), triggered({ a: 2 })]).map(({ length }) => length)).toEqual([0, 1]);
});

test('names the place in a list of events', () => {
	const keys = new ReusedKeys();
	const [small, large] = keyed(() => 'k', recordOf(0, 10), recordOf(0, 12));
	keys.check({ ...small, position: { itemIndex: 0, listIndex: 3 } });
	const { warnings } = keys.check({ ...large, position: { itemIndex: 0, listIndex: 7 } });
	expect(warnings[0]?.message).toMatch(/^Item 0 \(event 3\) and Item 0 \(event 7\) /);
});

test('remembers the last 25,000 keys', () => {
	let key = 0;
	const keys = new ReusedKeys();
	const [record] = keyed(() => String(key), recordOf(0, 10));
	for (; key < 25_001; key++) keys.check(record);
	const isKnown = (known: number) => {
		key = known;
		return keys.check({ ...record, json: '"other"' }).warnings.length === 1;
	};
	expect(isKnown(1)).toBe(true);
	expect(isKnown(25_000)).toBe(true);
	expect(isKnown(0)).toBe(false);
});

test('takes no longer for a record after 25,000 keys than before', () => {
	let key = 0;
	const keys = new ReusedKeys();
	const [record] = keyed(() => String(key), recordOf(0, 10));
	const cpuOf = (upTo: number) => {
		const before = process.cpuUsage().user;
		for (; key < upTo; key++) keys.check(record);
		return process.cpuUsage().user - before;
	};
	const first = cpuOf(25_000);
	expect(cpuOf(100_000) / (3 * first)).toBeLessThan(4);
});
