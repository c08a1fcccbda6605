import { expectDocumentedTable } from '../documented-table';
import { differences, judges, type JudgeName } from './differences';

const docs = 'docs/conformance.md';
/** The references that the trigger is compared with. The service nodes are compared with the others. */
const forTheTrigger = new Set<JudgeName>(['standardWebhooks', 'cloudEvents']);
const ofJudge = (name: string) => Object.values(differences).filter(({ judge }) => judge === name);

test('docs/conformance.md names the judges', () => {
	expectDocumentedTable(docs, 'judges', [
		['reference', 'packages and versions', 'what is compared', 'intended differences'],
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
		['case', judge, forTheTrigger.has(name) ? 'our trigger' : 'our node', 'reason'],
		...ofJudge(name).map(({ title, theirs, ours, why }) => [title, theirs, ours, why]),
	]);
});
