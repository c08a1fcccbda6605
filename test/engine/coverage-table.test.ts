import type { Operation } from '../../nodes/shared';
import { expectDocumentedTable } from '../documented-table';
import { documentedRequests } from '../documented-requests';
import { allProviders } from './harness/providers-under-test';
import { shownName } from './harness/shown-name';

const nameOf = ({ resource, operation }: Operation) => `${resource}:${operation}`;

const requestsOf = ({ endpoint, otherEndpoints = [] }: Operation) =>
	[endpoint, ...otherEndpoints].map(({ method, path }) => `${method} ${path}`);

test('docs/nodes/coverage.md says of every documented request which operation offers it, or why none does', () => {
	const rows = allProviders.flatMap(({ provider: { displayName, operations }, node }) =>
		(documentedRequests[displayName] ?? []).map(([request, offered = {}]) => {
			const own = operations.filter((each) => requestsOf(each).includes(request));
			const others = operations.filter((each) => 'by' in offered && nameOf(each) === offered.by);
			const names = [...own, ...others].map((each) => shownName(node, each));
			const reason = 'not' in offered ? `not offered: ${offered.not}` : undefined;
			expect({ request, isExplained: names.length > 0 || reason !== undefined }).toEqual({
				request,
				isExplained: true,
			});
			return [displayName, `\`${request}\``, reason ?? names.join(', ')];
		}),
	);
	expectDocumentedTable('docs/nodes/coverage.md', 'documented requests', [
		['Service', 'Request', 'Operation'],
		...rows,
	]);
});

test.each(allProviders)(
	'$provider.displayName has no operation whose request is not listed',
	({ provider }) => {
		const listed = (documentedRequests[provider.displayName] ?? []).map(([request]) => request);
		const unlisted = provider.operations.flatMap(requestsOf).filter((request) => !listed.includes(request));
		expect(unlisted).toEqual([]);
	},
);
