/** A program that runs on n8n's Node.js and prints its results as the last line. */
import 'reflect-metadata';
import '../../engine/harness/quiet-logs';
import type { Sizes } from '../sizes';
import { benchGrowing } from './growing';
import { benchNormalizing } from './normalizing';
import { benchVerifying } from './verifying';
import type { CoreResults } from './core';

async function main([sizesJson = '', sandboxUrl = '']: string[]): Promise<void> {
	const sizes = JSON.parse(sizesJson) as Sizes;
	const results: Omit<CoreResults, 'memory'> = {
		normalizing: await benchNormalizing(sizes),
		verifying: await benchVerifying(sizes),
		growing: await benchGrowing(sizes, sandboxUrl),
	};
	console.log(`\n${JSON.stringify(results)}`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
