import { camelCase } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';
import type { ZodError } from 'zod/v4';
import type { RecordForm } from '../../service/definition';

export type Path = ZodError['issues'][number]['path'];

/** The form that a record was filled in with. */
export type FilledForm = Pick<RecordForm, 'properties' | 'parameterNames'>;

/** How many rules to describe. A list of 25,000 IDs can break as many. */
const mostRules = 20;

/**
 * Describes each rule that a record breaks in one sentence, with its path in the service's own names.
 * @param form adds the names of the form's fields
 */
export function brokenRules(
	{ issues }: Pick<ZodError, 'issues'>,
	form: FilledForm = { properties: [] },
): string[] {
	// A whole is checked without its broken parts, so its own message would be misleading.
	const wholes = new Set(issues.flatMap(({ path }) => path.map((_, end) => pathKey(path.slice(0, end)))));
	const broken = issues.filter(({ path }) => !wholes.has(pathKey(path)));
	const rules = broken
		.slice(0, mostRules)
		.map(({ path, message }) =>
			[locate(path, message, form), message].filter((part) => part !== '').join(': '),
		);
	return broken.length > mostRules ? [...rules, `and ${broken.length - mostRules} more`] : rules;
}

const pathKey = (path: Path) => JSON.stringify(path.map(String));

/** The label of the form's field at a path, or the path itself. */
export function nameAt(path: Path, form: FilledForm = { properties: [] }): string {
	return labelsOf(path, form)[0] ?? path.join('.');
}

/** For example `'Quantity' in 'Cart Items' (properties.cartItems.0.quantity)`; empty when the message says it. */
function locate(path: Path, message: string, form: FilledForm): string {
	const labels = labelsOf(path, form).map((label) => `'${label}'`);
	const unsaid = labels.filter((label) => !message.includes(label));
	if (unsaid.length > 0) return `${unsaid.join(' in ')} (${path.join('.')})`;
	return labels.length === path.length ? '' : path.join('.');
}

/**
 * Finds the form fields that lead to a path, innermost first. A record can wrap fields in keys that the form
 * doesn't have, so the search also starts at later keys. A match that reaches the end of the path wins.
 */
function labelsOf(path: Path, { properties, parameterNames = {} }: FilledForm): string[] {
	const names = path.map((key, index) => (index === 0 ? (parameterNames[String(key)] ?? key) : key));
	const matches = names.map((_, start) => match(names.slice(start), properties));
	const best = matches.find(({ toTheEnd }) => toTheEnd) ?? matches.find(({ labels }) => labels.length > 0);
	return best?.labels.toReversed() ?? [];
}

function match(path: Path, form: readonly INodeProperties[]): { labels: string[]; toTheEnd: boolean } {
	const labels: string[] = [];
	let fields = form;
	let toTheEnd = false;
	for (const key of path.filter((each) => typeof each === 'string')) {
		const field = findField(camelCase(key), fields);
		toTheEnd = field !== undefined;
		if (field === undefined) continue;
		labels.push(field.displayName);
		fields = fieldsWithin(field);
	}
	return { labels, toTheEnd };
}

/** The fields of a collection such as "Additional Fields" are on the same level as the others. */
function findField(name: string, fields: readonly INodeProperties[]): INodeProperties | undefined {
	const offered = fields.flatMap((field) => (field.type === 'collection' ? fieldsWithin(field) : []));
	return [...fields, ...offered].find((field) => field.name === name);
}

function fieldsWithin({ options = [] }: INodeProperties): INodeProperties[] {
	return options.flatMap((option) => {
		if ('values' in option) return option.values;
		return 'type' in option ? [option] : [];
	});
}
