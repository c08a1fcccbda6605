import { camelCase } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';
import type { ZodError } from 'zod/v4';

type Path = ZodError['issues'][number]['path'];

/**
 * What is wrong with a record, one sentence a rule, each with its place in the service's words.
 * @param form the fields that the record was filled in with, for their names to be said as well
 */
export function brokenRules({ issues }: ZodError, form: readonly INodeProperties[] = []): string[] {
	return issues
		.filter(({ path }) => !issues.some((other) => isWithin(other.path, path)))
		.map(({ path, message }) =>
			[place(path, message, form), message].filter((part) => part !== '').join(': '),
		);
}

/** A rule about a whole is judged without the parts that broke theirs, and says nothing new. */
function isWithin(part: Path, whole: Path): boolean {
	return part.length > whole.length && whole.every((key, index) => key === part[index]);
}

/** E.g. `'Quantity' in 'Cart Items' (properties.cartItems.0.quantity)`; empty where the message says it. */
function place(path: Path, message: string, form: readonly INodeProperties[]): string {
	const labels = labelsOf(path, form).map((label) => `'${label}'`);
	const unsaid = labels.filter((label) => !message.includes(label));
	if (unsaid.length > 0) return `${unsaid.join(' in ')} (${path.join('.')})`;
	return labels.length === path.length ? '' : path.join('.');
}

/**
 * The fields that lead to a place, innermost first. They are called as the service calls its own, in camel case,
 * but what wraps them at the service may be called like another field: what leads to the very end counts most.
 */
function labelsOf(path: Path, form: readonly INodeProperties[]): string[] {
	const ways = path.map((_, start) => wayTo(path.slice(start), form));
	const way = ways.find(({ toTheEnd }) => toTheEnd) ?? ways.find(({ labels }) => labels.length > 0);
	return way?.labels.toReversed() ?? [];
}

function wayTo(path: Path, form: readonly INodeProperties[]): { labels: string[]; toTheEnd: boolean } {
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

/** What is offered under "Additional Fields" and the like stands beside the other fields of a record. */
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
