import type { Operation } from '../../../nodes/shared';
import { nodeTypesOfPackage, packageName } from './package-types';

/** `Referral Code: Validate`, as the editor shows it. */
export function shownName(node: string, { resource, operation }: Operation): string {
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
