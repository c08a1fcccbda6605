import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Holds a table in the docs to what the tests saw. It stands between `<!-- name -->` and
 * `<!-- end of name -->`; with `UPDATE_DOCS=1` it is written anew first.
 */
export function expectDocumentedTable(docsFile: string, name: string, rows: readonly string[][]): void {
	const file = join(__dirname, '..', docsFile);
	const [head = [], ...body] = rows;
	const lines = [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`);
	const between = new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- end of ${name} -->)`);
	if (process.env.UPDATE_DOCS === '1') {
		const docs = readFileSync(file, 'utf8');
		// As a function: the table may hold `$&` and the like.
		writeFileSync(
			file,
			docs.replace(between, (_, start: string, end: string) => `${start}\n${lines.join('\n')}\n\n${end}`),
		);
	}
	const shown = between.exec(readFileSync(file, 'utf8'))?.[0].split('\n') ?? [];
	const cellsOf = (line: string) => line.split('|').map((cell) => cell.trim().replace(/^-+$/, '---'));
	expect(shown.filter((line) => line.startsWith('|')).map(cellsOf)).toEqual(lines.map(cellsOf));
}
