import type { Operation } from '../../nodes/shared/delivery';
import { expectDocumentedTable } from '../documented-table';
import { allProviders } from './harness/providers-under-test';
import { nodeTypesOfPackage, packageName } from './harness/package-types';

/** What is done where nobody knows whether a request arrived. */
function sentAgain({ repeating, addsUp }: Operation): string {
	if (repeating === 'harmless') return addsUp === undefined ? 'yes' : 'yes, unless it adds to something';
	return addsUp === undefined ? 'with Retry When Unsure' : 'never';
}

const evidence = { vendor: 'the service', secondary: 'others who use it', inferred: 'inferred' };

/** `Referral Code: Validate`, as the editor shows it. */
function nameOf(node: string, { resource, operation }: Operation): string {
	const properties = nodeTypesOfPackage.get(`${packageName}.${node}`)?.description.properties ?? [];
	const shown = (name: string, value: string) =>
		properties
			.filter(
				(property) =>
					property.name === name && property.displayOptions?.show?.resource?.includes(resource) !== false,
			)
			.flatMap(({ options = [] }) => options)
			.find((option) => 'value' in option && option.value === value)?.name;
	return `${shown('resource', resource)}: ${shown('operation', operation)}`;
}

test('docs/nodes/README.md lists every operation, where it goes and who says so', () => {
	const rows = allProviders.flatMap(({ provider: { displayName, operations }, node }) =>
		operations.map((each) => {
			const { endpoint } = each;
			const { method, path, source } = endpoint;
			const shownSource = source.startsWith('https://') ? `<${source}>` : source;
			return [
				displayName,
				nameOf(node, each),
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
