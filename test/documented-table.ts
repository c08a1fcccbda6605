import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');

/**
 * Checks a table in the docs against what the tests saw. The table is between `<!-- name -->` and `<!-- end of name -->`.
 * `UPDATE_DOCS=1` writes it.
 */
export function expectDocumentedTable(docsFile: string, name: string, rows: readonly string[][]): void {
	if (process.env.UPDATE_DOCS === '1') writeDocumentedTable(docsFile, name, rows);
	const docs = readFileSync(join(root, docsFile), 'utf8');
	const shown = placeOf(name).exec(docs)?.[0].split('\n') ?? [];
	const cellsOf = (line: string) => line.split('|').map((cell) => cell.trim().replace(/^-+$/, '---'));
	expect(shown.filter((line) => line.startsWith('|')).map(cellsOf)).toEqual(linesOf(rows).map(cellsOf));
}

export function writeDocumentedTable(docsFile: string, name: string, rows: readonly string[][]): void {
	const file = join(root, docsFile);
	const table = linesOf(rows).join('\n');
	// A function, because a table may contain `$&`, which has a meaning in a replacement text.
	const docs = readFileSync(file, 'utf8').replace(
		placeOf(name),
		(_, start: string, end: string) => `${start}\n${table}\n\n${end}`,
	);
	writeFileSync(file, docs);
}

function placeOf(name: string): RegExp {
	return new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- end of ${name} -->)`);
}

function linesOf([head = [], ...body]: readonly string[][]): string[] {
	return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`);
}
