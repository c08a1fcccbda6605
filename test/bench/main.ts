/**
 * `npm run bench` measures everything, prints the results, and writes them to results.json and to the tables and charts of
 * docs/performance.md. With the name of a group it measures that group, and with `--quick` everything in small numbers.
 * Both only print, because what is published comes from one run.
 *
 * The group `queue` needs Redis and Postgres, so it runs only by its name and writes its own results.
 */
import { parseArgs } from 'node:util';
import { ensureClients } from '../host/clients';
import { ensureN8n, type N8nInstall } from '../host/install';
import { packPackage } from '../host/package';
import { step } from '../host/progress';
import { benchCore } from './core/core';
import { thisMachine } from './machine';
import { benchOneEach } from './one-each';
import * as publications from './publications';
import { publish } from './publish';
import { benchQueue } from './queue';
import type { Group, GroupResults, QueueRun, Results } from './results';
import { measureCapacity } from './sandbox-capacity';
import { startSandboxProcess, type SandboxProcess } from './sandbox-process';
import { fullSizes, quickSizes, type Sizes } from './sizes';
import { benchSuprSend } from './suprsend';
import { tablesOf, tablesOfGroup, type Table } from './tables';
import { benchTrigger } from './trigger/trigger';

interface Surroundings {
	n8n: N8nInstall;
	tarball: string;
	sandbox: SandboxProcess;
	sizes: Sizes;
}

const groups: { [G in Group]: (surroundings: Surroundings) => Promise<GroupResults[G]> } = {
	suprsend: ({ sandbox, tarball, sizes }) => benchSuprSend(sandbox, tarball, sizes),
	oneEach: ({ sandbox, tarball, sizes }) => benchOneEach(sandbox, tarball, sizes),
	trigger: ({ tarball, sizes }) => benchTrigger(tarball, sizes),
	core: ({ n8n, sandbox, sizes }) => benchCore(n8n, sandbox, sizes),
	queue: ({ sandbox, tarball, sizes }) => benchQueue(sandbox, tarball, sizes),
};

async function main(): Promise<void> {
	const { group, quick } = readArguments();
	const sizes = quick ? quickSizes : fullSizes;
	const n8n = await ensureN8n();
	await ensureClients();
	const tarball = await packPackage();
	const about = { takenAt: new Date().toISOString(), rounds: sizes.rounds, machine: await thisMachine(n8n) };
	const sandbox = await startSandboxProcess(n8n);
	try {
		const surroundings = { n8n, tarball, sandbox, sizes };
		const run = async <G extends Group>(name: G): Promise<GroupResults[G]> => {
			const expectation = quick ? 'half a minute' : 'some minutes';
			const results = await step(`Group ${name}`, expectation, () => groups[name](surroundings));
			for (const [title, table] of Object.entries(tablesOfGroup[name](results))) print(title, table);
			return results;
		};
		if (group === 'queue') {
			const results: QueueRun = { ...about, queue: await run('queue') };
			if (!quick) await publish(publications.queueMode, results);
			return;
		}
		if (group !== undefined) return void (await run(group));

		const results: Results = {
			...about,
			sandbox: await measureCapacity(sandbox),
			suprsend: await run('suprsend'),
			oneEach: await run('oneEach'),
			trigger: await run('trigger'),
			core: await run('core'),
		};
		const { machine: facts = [], goals = [] } = tablesOf(results);
		print('machine', facts);
		print('goals', goals);
		if (!quick) await publish(publications.performance, results);
	} finally {
		await sandbox.stop();
	}
}

function readArguments(): { group: Group | undefined; quick: boolean } {
	const { values, positionals } = parseArgs({
		options: { quick: { type: 'boolean', default: false } },
		allowPositionals: true,
	});
	const [name] = positionals;
	if (positionals.length > 1 || (name !== undefined && !Object.hasOwn(groups, name))) {
		throw new Error(`Name one of these groups, or none for all: ${Object.keys(groups).join(', ')}.`);
	}
	return { group: name as Group | undefined, quick: values.quick };
}

function print(title: string, table: Table): void {
	const widths =
		table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
	const lines = table.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
	console.log(`\n${title}\n  ${lines.join('\n  ')}\n`);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
