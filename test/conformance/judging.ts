import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences, judges, type DifferenceName, type JudgeName } from './differences';

export interface Judge {
	/** Counts a case in which our node and the judge do the same. */
	agrees(check: () => Promise<void> | void): Promise<void>;
	/** Counts a case that shows a difference on purpose: what the judge does, and what we do. */
	differs(difference: DifferenceName, check: () => Promise<void> | void): Promise<void>;
}

/** Counts the cases of a judge for the table at the end of the run. Each judge has one test file. */
export function judgedBy(judge: JudgeName): Judge {
	const shown = new Map<DifferenceName, number>();
	let cases = 0;
	let agreed = 0;

	afterAll(() => {
		const folder = process.env.CONFORMANCE_VERDICTS;
		if (folder === undefined) throw new Error('jest-setup.ts has not run');
		const { judge: name } = judges[judge];
		const differed = [...shown].map(([name, times]) => ({ ...differences[name], times }));
		writeFileSync(join(folder, `${judge}.json`), JSON.stringify({ judge: name, cases, agreed, differed }));
	});

	return {
		async agrees(check) {
			cases++;
			await check();
			agreed++;
		},
		async differs(difference, check) {
			cases++;
			await check();
			shown.set(difference, (shown.get(difference) ?? 0) + 1);
		},
	};
}

/** Tests every difference from a judge, and that none is missing in the list or in the tests. */
export function testDifferences(
	judgeName: JudgeName,
	judge: Judge,
	tests: Partial<Record<DifferenceName, () => Promise<void>>>,
): void {
	const named = Object.keys(differences).filter(
		(name) => differences[name as DifferenceName].judge === judgeName,
	);

	describe('different on purpose', () => {
		test.each(Object.entries(tests))('%s', async (name, check) => {
			await judge.differs(name as DifferenceName, check);
		});

		test('each is named in the list of differences, and each that is listed is shown', () => {
			expect(Object.keys(tests).sort()).toEqual(named.sort());
		});
	});
}

/** Returns how many cases to generate: `all`, or one in twenty in `npm test`. */
export function generatedCases(all: number): { numRuns: number } {
	return { numRuns: process.env.CONFORMANCE_RUNS === 'all' ? all : Math.ceil(all / 20) };
}
