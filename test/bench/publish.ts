import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { writeDocumentedTable } from '../documented-table';
import type { Publication } from './publications';

const REPOSITORY = join(__dirname, '..', '..');

/** Writes the results of a run and everything that the docs show of it. */
export async function publish<Run>(publication: Publication<Run>, run: Run): Promise<void> {
	const { resultsFile, page, tablesOf, imagesOf } = publication;
	await writeFormatted(resultsFile, JSON.stringify(run));
	for (const [name, table] of Object.entries(tablesOf(run))) writeDocumentedTable(page, name, table);
	await writeFormatted(page, await readFile(join(REPOSITORY, page), 'utf8'));
	for (const [file, svg] of Object.entries(imagesOf(run))) await writeFile(join(REPOSITORY, file), svg);
}

async function writeFormatted(path: string, content: string): Promise<void> {
	const filepath = join(REPOSITORY, path);
	const style = await resolveConfig(filepath);
	await writeFile(filepath, await format(content, { ...style, filepath }));
}
