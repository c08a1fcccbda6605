const { readdirSync, readFileSync, rmSync } = require('node:fs');
const { join } = require('node:path');

/** Ends a run of the judges with a table of their verdicts. */
module.exports = class VerdictsReporter {
	onRunComplete() {
		const folder = process.env.CONFORMANCE_VERDICTS;
		if (folder === undefined) return;
		const verdicts = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
		rmSync(folder, { recursive: true });
		if (verdicts.length > 0) process.stdout.write(`\n${lines(verdicts).join('\n')}\n`);
	}
};

function lines(verdicts) {
	const rows = verdicts.map(({ judge, cases, agreed, differed }) => {
		const onPurpose = sum(differed.map(({ times }) => times));
		return [judge, cases, agreed, onPurpose, cases - agreed - onPurpose];
	});
	const total = ['all', ...[1, 2, 3, 4].map((column) => sum(rows.map((row) => row[column])))];
	const reasons = verdicts.flatMap(({ judge, differed }) => [
		'',
		`Intended differences from ${judge}:`,
		...differed.map(({ title, why }) => `  ${title}: ${why}`),
	]);
	const head = ['reference', 'cases', 'agreed', 'intended differences', 'failed'];
	return [...aligned([head, ...rows, total]), ...reasons];
}

function aligned(rows) {
	const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
	return rows.map((row) =>
		row
			.map((cell, column) =>
				column === 0 ? String(cell).padEnd(widths[0]) : String(cell).padStart(widths[column]),
			)
			.join('  '),
	);
}

function sum(numbers) {
	return numbers.reduce((total, number) => total + number, 0);
}
