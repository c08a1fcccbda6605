import { isObject } from '../event';
import { remember } from '../remember';

/** Leads to each entry of a list, e.g. `[]` in `products[].email`. */
export const eachEntry = Symbol('each entry');

/** A key of an object, which can also be a position in a list. */
export type Step = string | typeof eachEntry;

/** Events have no values below this depth. */
const mostSteps = 64;

const nextStep =
	/(?:^|(?!^)\.)(?<name>[^.[\]]+)|\[(?:\*?|(?<position>\d+)|"(?<key>[^"]*)"|'(?<quoted>[^']*)')\]/y;

/**
 * Reads a path with dots and brackets: `traits.email`, `products[].email`, `products[0].email`, `traits["e.mail"]`.
 * @returns undefined for text that can't be read as a path, e.g. because it ends in a dot
 */
export const parsePath = remember(1000, (path: string): readonly Step[] | undefined => {
	const steps: Step[] = [];
	nextStep.lastIndex = 0;
	while (nextStep.lastIndex < path.length) {
		const groups = nextStep.exec(path)?.groups;
		const { name, position, key, quoted } = groups ?? {};
		const isReadable = groups !== undefined && (name === undefined || isName(name));
		if (!isReadable || steps.length === mostSteps) return undefined;
		steps.push(name ?? position ?? key ?? quoted ?? eachEntry);
	}
	return steps.length === 0 ? undefined : steps;
});

/** Other tools have wildcards in dots, such as `products.*.email`. A key of that name can be written in brackets. */
function isName(text: string): boolean {
	return text === text.trim() && text !== '*' && text !== '#';
}

/** Returns the value at the steps; for a list on the way, what is there in each of its entries. */
export function valuesAt(value: unknown, steps: readonly Step[]): unknown[] {
	const [step, ...rest] = steps;
	if (step === undefined) return [value];
	if (Array.isArray(value)) {
		if (step === eachEntry) return value.flatMap((entry) => valuesAt(entry, rest));
		return isPosition.test(step)
			? valuesAt(value[Number(step)], rest)
			: value.flatMap((entry) => valuesAt(entry, steps));
	}
	if (step === eachEntry) return valuesAt(value, rest);
	return isObject(value) && Object.hasOwn(value, step) ? valuesAt(value[step], rest) : [undefined];
}

const isPosition = /^\d+$/;

/**
 * Writes a path, as `parsePath` reads it.
 * @param parent the path to the object; empty for the root
 * @returns undefined for a name that can't be written, since it has both kinds of quotes
 */
export function pathTo(parent: string, name: string): string | undefined {
	if (isPlain(name)) return parent === '' ? name : `${parent}.${name}`;
	const quote = ['"', "'"].find((each) => !name.includes(each));
	return quote && `${parent}[${quote}${name}${quote}]`;
}

function isPlain(name: string): boolean {
	const steps = parsePath(name);
	return steps?.length === 1 && steps[0] === name;
}
