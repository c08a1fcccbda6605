import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SeenIds, storedIds } from '../../../nodes/shared/webhook/duplicates';

test('remembers the latest IDs and forgets the oldest', () => {
	const ids = new SeenIds(3);
	ids.add(['a', 'b', 'c']);
	ids.add(['a', 'd']);
	expect(ids.toList()).toEqual(['c', 'a', 'd']);
	expect(['a', 'b', 'c', 'd'].map((id) => ids.has(id))).toEqual([true, false, true, true]);
});

test.each([[{}], [{ seenIds: 'a' }], [{ seenIds: [1, null, {}] }]])('reads no IDs from %j', (staticData) => {
	expect(storedIds(staticData).toList()).toEqual([]);
});

test('restores the IDs that were stored', () => {
	const stored = storedIds({ seenIds: ['a', 'b'] });
	stored.add(['c']);
	expect(storedIds({ seenIds: stored.toList() }).toList()).toEqual(['a', 'b', 'c']);
});

test('keeps only the ID in memory and not the text around it', () => {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	const heldMegabytes = () => {
		collectGarbage();
		return process.memoryUsage().heapUsed / 1024 / 1024;
	};
	const ids = new SeenIds(1_000);
	const before = heldMegabytes();
	for (let i = 0; i < 1_000; i++) ids.add([`${' '.repeat(100_000)}an-id-of-the-sender-${i}`.trim()]);

	expect(heldMegabytes() - before).toBeLessThan(20);
	expect(ids.toList()).toHaveLength(1_000);
});

test.each(['m-1', 'größe', 'x✓', '😀', 'half of a pair: \ud83d', '\u0000'])('recognizes %j again', (id) => {
	const ids = new SeenIds(1);
	ids.add([id]);
	expect(ids.has(id)).toBe(true);
	expect(ids.toList()).toEqual([id]);
});
