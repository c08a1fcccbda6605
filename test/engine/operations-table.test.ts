import { expectDocumentedTable } from '../documented-table';
import { allProviders } from './harness/providers-under-test';
import { shownName } from './harness/shown-name';

const sentAgain = { safe: 'yes', ifAsked: 'with Retry When Unsure', never: 'never' };

/** Operations whose request isn't documented by the service itself. */
const otherEvidence: Record<string, string> = {
	'Embeddables entry:getMany': 'others who use it',
	'Embeddables pageView:getMany': 'others who use it',
	'Simon Data contact:get': 'others who use it',
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
				typeof resend === 'function' ? 'yes, unless it adds to something' : sentAgain[resend],
			];
		}),
	);
	expectDocumentedTable('docs/nodes/README.md', 'operations', [
		['Node', 'Operation', 'Request', 'Documented at', 'Documented by', 'Sent again when unsure'],
		...rows,
	]);
});
