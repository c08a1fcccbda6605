import { imagesOf, queueImagesOf } from './charts';
import { queueSizesOf, sizesOf, type QueueRun, type Results } from './results';
import type { Sizes } from './sizes';
import { queueTablesOf, tablesOf, type Table } from './tables';

/** What the docs show of a run. */
export interface Publication<Run> {
	/** The file with its results. */
	resultsFile: string;
	page: string;
	/** Tables by their name in the page. */
	tablesOf: (run: Run) => Record<string, Table>;
	/** Charts by the path of their file. */
	imagesOf: (run: Run) => Record<string, string>;
	/** The size of the run. */
	sizesOf: (run: Run) => Partial<Sizes>;
}

export const performance: Publication<Results> = {
	resultsFile: 'test/bench/results.json',
	page: 'docs/performance.md',
	tablesOf,
	imagesOf,
	sizesOf,
};

export const queueMode: Publication<QueueRun> = {
	resultsFile: 'test/bench/queue-results.json',
	page: 'docs/operations.md',
	tablesOf: queueTablesOf,
	imagesOf: queueImagesOf,
	sizesOf: queueSizesOf,
};
