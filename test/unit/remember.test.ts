import { remember } from '../../nodes/shared/remember';

test('finds an answer once and forgets it when there are too many', () => {
	const find = jest.fn((question: string) => `${question}!`);
	const ask = remember(2, find);

	expect(['a', 'b', 'a', 'b'].map(ask)).toEqual(['a!', 'b!', 'a!', 'b!']);
	expect(find).toHaveBeenCalledTimes(2);

	expect(['c', 'c', 'a'].map(ask)).toEqual(['c!', 'c!', 'a!']);
	expect(find.mock.calls.flat()).toEqual(['a', 'b', 'c', 'a']);
});

test('does not cache undefined', () => {
	const find = jest.fn(() => undefined);
	const ask = remember(2, find);

	expect(['a', 'a'].map(ask)).toEqual([undefined, undefined]);
	expect(find).toHaveBeenCalledTimes(2);
});
