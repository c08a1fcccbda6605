import type { Operation } from '../../nodes/shared/delivery';
import { expectDocumentedTable } from '../documented-table';
import { providers } from './harness/package-types';

/** What is done where nobody knows whether a request arrived. */
function sentAgain({ repeating, addsUp }: Operation): string {
	if (repeating === 'harmless') return addsUp === undefined ? 'yes' : 'yes, unless it adds to something';
	return addsUp === undefined ? 'with Retry When Unsure' : 'never';
}

const evidence = { vendor: 'the service', secondary: 'others who use it', inferred: 'inferred' };

test('docs/nodes/README.md lists every operation, where it goes and who says so', () => {
	const rows = providers.flatMap(({ displayName, operations }) =>
		operations.map((each) => {
			const { resource, operation, endpoint } = each;
			const { method, path, source } = endpoint;
			const shownSource = source.startsWith('https://') ? `<${source}>` : source;
			return [
				displayName,
				`\`${resource}: ${operation}\``,
				`\`${method} ${path}\``,
				shownSource,
				evidence[endpoint.evidence ?? 'vendor'],
				sentAgain(each),
			];
		}),
	);
	expectDocumentedTable('docs/nodes/README.md', 'operations', [
		['Node', 'Operation', 'Request', 'Documented at', 'Documented by', 'Sent again when unsure'],
		...rows,
	]);
});
