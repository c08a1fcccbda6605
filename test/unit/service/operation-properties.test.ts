import { startCase } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';
import { operationProperties } from '../../../nodes/shared';
import { allProviders } from '../../engine/harness/providers-under-test';

/** A node keeps the Mapping Mode of Send when the user changes to Send Many, which has none. */
test.each(allProviders)(
	'$provider.displayName shows the same parameters for many events in every mapping mode',
	({ provider }) => {
		const properties = operationProperties(provider);
		const summaries = provider.operations.filter(({ summary }) => summary === true);
		expect(summaries).not.toEqual([]);
		for (const { resource, operation } of summaries) {
			const shown = properties.filter(
				({ displayOptions }) =>
					displayOptions?.show?.resource?.includes(resource) &&
					displayOptions.show.operation?.includes(operation),
			);
			const all = shown.flatMap((property) => [property, ...((property.options ?? []) as INodeProperties[])]);
			expect(all.filter((each) => /mappingMode/.test(JSON.stringify(each.displayOptions ?? {})))).toEqual([]);
		}
	},
);

/** Errors about broken JSON derive the labels from the names. */
test.each(allProviders)('$provider.displayName calls what can be JSON like its parameter', ({ provider }) => {
	const properties = operationProperties(provider);
	const jsonNames = properties.flatMap(({ name, type }) =>
		type === 'json' ? [name.replace(/Json$/, '')] : [],
	);
	for (const name of jsonNames) {
		const labels = properties
			.filter((each) => [`${name}Input`, name, `${name}Json`].includes(each.name))
			.map(({ displayName }) => displayName);
		expect(new Set(labels)).toEqual(new Set([`Specify ${startCase(name)}`, startCase(name)]));
	}
});
