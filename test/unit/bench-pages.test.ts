import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pick } from 'lodash';
import { performance, queueMode, type Publication } from '../bench/publications';
import { fullSizes } from '../bench/sizes';
import { expectDocumentedTable } from '../documented-table';

const inRepository = (file: string) => join(__dirname, '../..', file);
const read = (file: string) => readFileSync(inRepository(file), 'utf8');

function expectPublished<Run>({ resultsFile, page, sizesOf, tablesOf, imagesOf }: Publication<Run>): void {
	const run = JSON.parse(read(resultsFile)) as Run;

	test('what is published comes from a full run', () => {
		const sizes = sizesOf(run);
		expect(sizes).toEqual(pick(fullSizes, Object.keys(sizes)));
	});

	test.each(Object.entries(tablesOf(run)))('the table "%s" shows what the bench found', (name, table) => {
		expectDocumentedTable(page, name, table);
	});

	test.each(Object.entries(imagesOf(run)))('%s is drawn from what the bench found', (file, svg) => {
		if (process.env.UPDATE_DOCS === '1') writeFileSync(inRepository(file), svg);
		expect(read(file)).toBe(svg);
	});
}

describe('Performance', () => expectPublished(performance));
describe('queue mode, in Operations', () => expectPublished(queueMode));
