/**
 * Runs all contenders in turns, so that other work on the machine affects all of them.
 * @returns the results of each contender's runs
 */
export async function takeTurns<Name extends string, Figures>(
	contenders: Record<Name, () => Promise<Figures>>,
	rounds: number,
): Promise<Record<Name, Figures[]>> {
	const names = Object.keys(contenders) as Name[];
	const runs = Object.fromEntries(names.map((name) => [name, [] as Figures[]])) as Record<Name, Figures[]>;
	for (let round = 0; round < rounds; round++) {
		// Starts with another one each time, because the first and the last position may matter.
		const inTurn = names.map((_, index) => names[(index + round) % names.length] as Name);
		for (const name of inTurn) runs[name].push(await contenders[name]());
	}
	return runs;
}

/** Returns the median of each figure. */
export function medians<Figures extends { [K in keyof Figures]: number }>(runs: Figures[]): Figures {
	const [first] = runs;
	if (first === undefined) throw new Error('There is no run to take a median of');
	const names = Object.keys(first) as Array<keyof Figures>;
	return Object.fromEntries(names.map((name) => [name, median(runs.map((run) => run[name]))])) as Figures;
}

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const [before = NaN, after = NaN] = [sorted[middle - 1], sorted[middle]];
	return sorted.length % 2 === 1 ? after : (before + after) / 2;
}
