/** Ends a run with one line that people and scripts can read: `tests: N passed, M failed`. */
module.exports = class SummaryReporter {
	onRunComplete(_contexts, results) {
		// A suite that couldn't start has no failed test, but must not count as "0 failed".
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		process.stdout.write(`\ntests: ${results.numPassedTests} passed, ${failed} failed\n`);
	}
};
