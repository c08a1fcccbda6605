import { imagesOf, queueImagesOf } from './charts';
import { queueSizesOf, sizesOf, type QueueRun, type Results } from './results';
import type { Sizes } from './sizes';
import { queueTablesOf, tablesOf, type Table } from './tables';

/** What is shown of a run, and where. */
export interface Publication<Run> {
	/** The file that keeps what it found. */
	resultsFile: string;
	page: string;
	/** By the name under which the page shows them. */
	tablesOf: (run: Run) => Record<string, Table>;
	/** By the path of their file. */
	imagesOf: (run: Run) => Record<string, string>;
	/** How much the run did. */
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
