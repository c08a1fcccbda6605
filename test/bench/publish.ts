import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { writeDocumentedTable } from '../documented-table';
import { imagesOf } from './charts';
import type { Results } from './results';
import { performancePage, tablesOf } from './tables';

const REPOSITORY = join(__dirname, '..', '..');

/** The results, and all that the docs show of them. */
export async function publish(results: Results): Promise<void> {
	await writeFormatted('test/bench/results.json', JSON.stringify(results));
	for (const [name, table] of Object.entries(tablesOf(results))) {
		writeDocumentedTable(performancePage, name, table);
	}
	await writeFormatted(performancePage, await readFile(join(REPOSITORY, performancePage), 'utf8'));
	for (const [file, svg] of Object.entries(imagesOf(results))) await writeFile(join(REPOSITORY, file), svg);
}

async function writeFormatted(path: string, content: string): Promise<void> {
	const filepath = join(REPOSITORY, path);
	const style = await resolveConfig(filepath);
	await writeFile(filepath, await format(content, { ...style, filepath }));
}
