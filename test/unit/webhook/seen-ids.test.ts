import { SeenIds, storedIds } from '../../../nodes/CustomerEvents/webhook/seen-ids';

test('remembers the latest ids, and forgets the oldest', () => {
	const ids = new SeenIds(3);
	ids.add(['a', 'b', 'c']);
	ids.add(['a', 'd']);
	expect(ids.toList()).toEqual(['c', 'a', 'd']);
	expect(['a', 'b', 'c', 'd'].map((id) => ids.has(id))).toEqual([true, false, true, true]);
});

test.each([[{}], [{ seenIds: 'a' }], [{ seenIds: [1, null, {}] }]])('makes nothing of %j', (staticData) => {
	expect(storedIds(staticData).toList()).toEqual([]);
});

test('comes back from what was stored', () => {
	const stored = storedIds({ seenIds: ['a', 'b'] });
	stored.add(['c']);
	expect(storedIds({ seenIds: stored.toList() }).toList()).toEqual(['a', 'b', 'c']);
});
