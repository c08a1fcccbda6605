import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { imagesOf } from '../bench/charts';
import type { Results } from '../bench/results';
import { performancePage, tablesOf } from '../bench/tables';
import { expectDocumentedTable } from '../documented-table';

const root = join(__dirname, '../..');
const results = JSON.parse(readFileSync(join(root, 'test/bench/results.json'), 'utf8')) as Results;

test.each(Object.entries(tablesOf(results)))('the table "%s" shows what the bench found', (name, table) => {
	expectDocumentedTable(performancePage, name, table);
});

test.each(Object.entries(imagesOf(results)))('%s is drawn from what the bench found', (file, svg) => {
	expect(readFileSync(join(root, file), 'utf8')).toBe(svg);
});
