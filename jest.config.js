const { availableParallelism } = require('node:os');

/** Strips the types. `npm run lint` checks them. */
const transform = { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.test.json', diagnostics: false }] };

const project = (name, more = {}) => ({
	displayName: name,
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/build/'],
	transform,
	...more,
});

const forTheEngine = ['reflect-metadata', '<rootDir>/test/engine/harness/quiet-logs.ts'];

/** @type {import('jest').Config} */
module.exports = {
	// Long, because a machine may be busy: tests that measure time have limits of their own.
	testTimeout: 90_000,
	// Every core, since much of a test's time goes into waiting. More than four n8ns would need too much memory.
	maxWorkers: Math.min(4, availableParallelism()),
	testSequencer: '<rootDir>/test/sequencer.cjs',
	reporters: [
		'default',
		'<rootDir>/test/conformance/verdicts-reporter.cjs',
		'<rootDir>/test/summary-reporter.cjs',
	],
	projects: [
		project('unit'),
		project('engine', { setupFiles: forTheEngine }),
		project('conformance', {
			setupFiles: forTheEngine,
			globalSetup: '<rootDir>/test/conformance/jest-setup.ts',
		}),
		project('host', { globalSetup: '<rootDir>/test/host/jest-setup.ts' }),
	],
};
