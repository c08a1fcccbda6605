import { get } from 'lodash';
import type { IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';
import { isObject, isRounded, text } from './event';

/** Reads a node's parameter, as evaluated for one item. Throws when its expression fails. */
export type Fields = (name: string) => unknown;

/**
 * Reads a node's parameters. A parameter without an expression is read once for the whole run, because n8n
 * takes about half a millisecond for each item.
 */
export class ParameterReader {
	private readonly constants = new Map<string, unknown>();

	constructor(private readonly context: IExecuteFunctions) {}

	/** @param otherwise the value when the node doesn't show the parameter; without it, that's an error */
	read(name: string, itemIndex: number, otherwise?: unknown): unknown {
		if (this.constants.has(name)) return this.constants.get(name);
		const value = chosenValue(this.context.getNodeParameter(name, itemIndex, otherwise));
		if (!holdsExpression(this.context.getNode().parameters[name])) this.constants.set(name, value);
		return value;
	}

	forItem(itemIndex: number): Fields {
		return (name) => this.read(name, itemIndex);
	}
}

/** Unwraps a resource locator, which also holds how the value was chosen. */
function chosenValue(value: unknown): unknown {
	return isObject(value) && value.__rl === true ? value.value : value;
}

function holdsExpression(stored: NodeParameterValueType | undefined): boolean {
	if (typeof stored === 'string') return stored.startsWith('=');
	if (typeof stored !== 'object' || stored === null) return false;
	return Object.values(stored).some((value) => holdsExpression(value as NodeParameterValueType));
}

/**
 * Returns the value of an item's field, or the whole item when the name is empty.
 * @param field a path, or the value itself when the user dragged the field in as an expression
 */
export function fieldOf(json: unknown, field: unknown): unknown {
	if (typeof field !== 'string') return field;
	return field === '' ? json : get(json, field);
}

/** Reads trimmed text. A number becomes text; anything else is undefined, for the schema to reject. */
export function readText(fields: Fields, name: string): string | number | undefined {
	return asText(fields(name));
}

/** Returns text as `text` does, and a rounded number as it is, for the schema to reject. */
export function asText(value: unknown): string | number | undefined {
	return text(value) ?? (isRounded(value) ? (value as number) : undefined);
}

export function readName(
	fields: Fields,
	name: string,
	format: (name: string) => string,
): string | number | undefined {
	const value = readText(fields, name);
	return typeof value === 'string' ? format(value) : value;
}

/** Converts numeric text to a number. Returns anything else as it is, for the schema to reject. */
export function readNumber(value: unknown): unknown {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return Number.isFinite(number) ? number : value;
}
