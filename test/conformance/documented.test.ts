import { expectDocumentedTable } from '../documented-table';
import { differences, judges, type JudgeName } from './differences';

const docs = 'docs/conformance.md';
const ofJudge = (name: string) => Object.values(differences).filter(({ judge }) => judge === name);

test('docs/conformance.md names the judges', () => {
	expectDocumentedTable(docs, 'judges', [
		['judge', 'package and version', 'what is compared', 'differences on purpose'],
		...Object.entries(judges).map(([name, { judge, packages, looksAt }]) => [
			judge,
			packages.map((each) => `\`${each}\``).join(', '),
			looksAt,
			String(ofJudge(name).length),
		]),
	]);
});

test.each(Object.keys(judges) as JudgeName[])('docs/conformance.md has the differences from %s', (name) => {
	const { judge } = judges[name];
	expectDocumentedTable(docs, `differences: ${name}`, [
		['what', judge, 'our node', 'why'],
		...ofJudge(name).map(({ title, theirs, ours, why }) => [title, theirs, ours, why]),
	]);
});
