import { eventFilter } from '../../../nodes/shared/webhook/event-filter';
import { accept, minimal } from '../event/helpers';

const track = (event: string) => accept({ ...minimal.track, event });
const identify = accept(minimal.identify);

test('accepts every event if both lists are empty', () => {
	expect([track('a'), identify].map(eventFilter([], []))).toEqual([true, true]);
});

test('accepts only the types on the list', () => {
	expect([track('a'), identify].map(eventFilter(['identify', 'group'], []))).toEqual([false, true]);
});

test.each([
	['Order Completed', ['Order Completed', 'order completed'], ['Order Completed Again']],
	['Order *', ['Order Completed', 'order 2'], ['Orders', 'My Order Completed']],
	['*', ['anything'], []],
	['a.c (x)', ['a.c (x)'], ['abc (x)']],
	['*[1]*', ['row [1] of 2'], ['row 1 of 2']],
	['*a*b*a', ['aba', 'xa b a'], ['ab', 'abab', 'baa']],
	['ab*ba', ['abba', 'ab ba'], ['aba']],
	['*ΟΔΟΣ*', ['οδος', 'ΟΔΟΣΑ'], ['οδο']],
	['**', ['a'], []],
])('the name %j accepts the right events', (name, passing, others) => {
	const passes = eventFilter([], [name]);
	for (const each of passing) expect(passes(track(each))).toBe(true);
	for (const each of others) expect(passes(track(each))).toBe(false);
});

test('compares a name with many * as fast as any other', () => {
	const passes = eventFilter([], [`${'*_'.repeat(100)}completed`]);
	const before = process.cpuUsage();
	expect(passes(track('_'.repeat(200)))).toBe(false);
	expect(process.cpuUsage(before).user).toBeLessThan(100_000);
});

test('accepts other types regardless of the names', () => {
	expect(eventFilter([], ['Order *'])(identify)).toBe(true);
});
