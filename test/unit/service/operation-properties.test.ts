import { startCase } from 'lodash';
import { operationProperties } from '../../../nodes/shared';
import { allProviders } from '../../engine/harness/providers-under-test';

/** Errors about broken JSON derive the labels from the names, except for these. */
const otherLabels: Record<string, string> = { operations: 'Changes' };

test.each(allProviders)('$provider.displayName calls what can be JSON like its parameter', ({ provider }) => {
	const properties = operationProperties(provider);
	const jsonNames = properties.flatMap(({ name, type }) =>
		type === 'json' ? [name.replace(/Json$/, '')] : [],
	);
	for (const name of jsonNames) {
		const labels = properties
			.filter((each) => [`${name}Input`, name, `${name}Json`].includes(each.name))
			.map(({ displayName }) => displayName);
		const label = otherLabels[name] ?? startCase(name);
		expect(new Set(labels)).toEqual(new Set([`Specify ${label}`, label]));
	}
});
