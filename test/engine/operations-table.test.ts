import { expectDocumentedTable } from '../documented-table';
import { providers } from './harness/package-types';

const evidence = { vendor: 'the service', secondary: 'others who use it', inferred: 'inferred' };

test('docs/nodes/README.md lists every operation, where it goes and who says so', () => {
	const rows = providers.flatMap(({ displayName, operations }) =>
		operations.map(({ resource, operation, endpoint }) => {
			const { method, path, source } = endpoint;
			const shownSource = source.startsWith('https://') ? `<${source}>` : source;
			return [
				displayName,
				`\`${resource}: ${operation}\``,
				`\`${method} ${path}\``,
				shownSource,
				evidence[endpoint.evidence ?? 'vendor'],
			];
		}),
	);
	expectDocumentedTable('docs/nodes/README.md', 'operations', [
		['Node', 'Operation', 'Request', 'Documented at', 'Documented by'],
		...rows,
	]);
});
