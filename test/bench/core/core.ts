import { join } from 'node:path';
import { run } from '../../host/commands';
import type { N8nInstall } from '../../host/install';
import type { RemoteSandbox } from '../sandbox-process';
import type { Sizes } from '../sizes';
import type { GrowingResults } from './growing';
import { benchMemory, type MemoryResults } from './memory';
import type { NormalizingResults } from './normalizing';
import type { VerifyingResults } from './verifying';

export interface CoreResults {
	normalizing: NormalizingResults;
	verifying: VerifyingResults;
	growing: GrowingResults;
	memory: MemoryResults;
}

const REPOSITORY = join(__dirname, '..', '..', '..');
const PROGRAM = join(__dirname, 'program.ts');

/** Measures parts without n8n, on the Node.js that n8n runs on. */
export async function benchCore(
	{ node }: N8nInstall,
	sandbox: RemoteSandbox,
	sizes: Sizes,
): Promise<CoreResults> {
	const program = ['--import', 'tsx', PROGRAM, JSON.stringify(sizes), sandbox.url];
	const printed = await run(node, program, { cwd: REPOSITORY });
	const results = JSON.parse(printed.trimEnd().split('\n').at(-1) ?? '') as Omit<CoreResults, 'memory'>;
	return { ...results, memory: await benchMemory(node, sandbox, sizes) };
}
