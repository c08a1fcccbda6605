import { rooms } from './test/mutation/rooms.mjs';

/** `npm run test:mutation`, for the room in MUTATION_ROOM; see test/mutation. */
const room = process.env.MUTATION_ROOM ?? '';
const { sources, atLeast } = rooms[room];

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate: sources,
	plugins: ['./test/mutation/runner.mjs'],
	testRunner: 'circus',
	coverageAnalysis: 'perTest',
	// Static mutants are in what is evaluated when a file is loaded: tables, descriptions and other constants.
	ignoreStatic: true,
	concurrency: 2,
	timeoutMS: 5_000,
	timeoutFactor: 2,
	thresholds: { high: 100, low: atLeast, break: atLeast },
	incremental: true,
	incrementalFile: `build/mutation/${room}.json`,
	reporters: ['clear-text', 'html', 'progress-append-only'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	htmlReporter: { fileName: `build/mutation/${room}.html` },
	tempDirName: 'build/mutation/tmp',
	ignorePatterns: [
		'dist',
		'docs',
		'deploy',
		'packages',
		'templates',
		'test/host',
		'test/editor',
		'test/queue',
		'test/bench',
	],
};
