import type { Operation } from '../../nodes/shared';
import { expectDocumentedTable } from '../documented-table';
import { allProviders } from './harness/providers-under-test';
import { nodeTypesOfPackage, packageName } from './harness/package-types';

const sentAgain = { safe: 'yes', ifAsked: 'with Retry When Unsure', never: 'never' };

/** Operations whose request isn't documented by the service itself. */
const otherEvidence: Record<string, string> = {
	'Embeddables entry:getMany': 'others who use it',
	'Rehook customer:get': 'inferred',
	'Rehook referralCode:validate': 'inferred',
};

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

test('docs/nodes/README.md lists every operation, its endpoint and its source', () => {
	const rows = allProviders.flatMap(({ provider: { displayName, operations }, node }) =>
		operations.map((each) => {
			const { endpoint, resend, resource, operation } = each;
			const { method, path, source } = endpoint;
			const shownSource = source.startsWith('https://') ? `<${source}>` : source;
			return [
				displayName,
				nameOf(node, each),
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
