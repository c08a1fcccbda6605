import { expectDocumentedTable } from '../documented-table';
import { allProviders } from './harness/providers-under-test';
import { shownName } from './harness/shown-name';

const sentAgain = { safe: 'yes', ifAsked: 'only with Retry When Unsure', never: 'never' };

/** Operations whose request isn't documented by the service itself. */
const otherEvidence: Record<string, string> = {
	'Embeddables entry:getMany': 'open-source code',
	'Embeddables pageView:getMany': 'open-source code',
	'Simon Data contact:get': 'open-source code',
	'Rehook customer:getReferrals': 'inferred',
	'Rehook customer:get': 'inferred',
	'Rehook referralCode:validate': 'inferred',
};

test('docs/nodes/README.md lists every operation, its endpoint and its source', () => {
	const rows = allProviders.flatMap(({ provider: { displayName, operations }, node }) =>
		operations.map((each) => {
			const { endpoint, resend, resource, operation } = each;
			const { method, path, source } = endpoint;
			const shownSource = source.startsWith('https://') ? `<${source}>` : source;
			return [
				displayName,
				shownName(node, each),
				`\`${method} ${path}\``,
				shownSource,
				otherEvidence[`${displayName} ${resource}:${operation}`] ?? 'the service',
				typeof resend === 'function'
					? 'yes, unless the edit increments a number or appends to a list property'
					: sentAgain[resend],
			];
		}),
	);
	expectDocumentedTable('docs/nodes/README.md', 'operations', [
		['Node', 'Operation', 'Request', 'Source', 'Documented by', 'Retried when unsure'],
		...rows,
	]);
});
