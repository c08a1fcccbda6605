import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pick } from 'lodash';
import { imagesOf } from '../bench/charts';
import { sizesOf, type Results } from '../bench/results';
import { fullSizes } from '../bench/sizes';
import { performancePage, tablesOf } from '../bench/tables';
import { expectDocumentedTable } from '../documented-table';

const root = join(__dirname, '../..');
const results = JSON.parse(readFileSync(join(root, 'test/bench/results.json'), 'utf8')) as Results;

test('what is published comes from a full run', () => {
	const sizes = sizesOf(results);
	expect(sizes).toEqual(pick(fullSizes, Object.keys(sizes)));
});

test.each(Object.entries(tablesOf(results)))('the table "%s" shows what the bench found', (name, table) => {
	expectDocumentedTable(performancePage, name, table);
});

test.each(Object.entries(imagesOf(results)))('%s is drawn from what the bench found', (file, svg) => {
	expect(readFileSync(join(root, file), 'utf8')).toBe(svg);
});
