import { DateTime } from 'luxon';
import { get } from 'lodash';
import type { IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';
import { isObject, parseTime, text } from './event';

/** Reads one item's parameters of a node. */
export type Fields = (name: string) => unknown;

/**
 * Reads parameters, each once for the whole run unless its stored value holds an expression: evaluating
 * one costs about half a millisecond per item.
 */
export class ParameterReader {
	private readonly constants = new Map<string, unknown>();

	constructor(private readonly context: IExecuteFunctions) {}

	/** @param otherwise for parameters that the node may not show; without it, they are an error */
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

/** A resource locator holds how a value was chosen beside the value itself. */
function chosenValue(value: unknown): unknown {
	return isObject(value) && value.__rl === true ? value.value : value;
}

function holdsExpression(stored: NodeParameterValueType | undefined): boolean {
	if (typeof stored === 'string') return stored.startsWith('=');
	if (typeof stored !== 'object' || stored === null) return false;
	return Object.values(stored).some((value) => holdsExpression(value as NodeParameterValueType));
}

/**
 * What a field of an item holds, the item itself where the field's name was left empty. Dragged in as an
 * expression, a field is already what it holds: nothing, where the item does not have it.
 */
export function fieldOf(json: unknown, field: unknown): unknown {
	if (typeof field !== 'string') return field;
	return field === '' ? json : get(json, field);
}

/** Text as in events: trimmed, a number becomes text. Undefined for anything else, for a schema to refuse. */
export function readText(fields: Fields, name: string): string | undefined {
	return text(fields(name));
}

export function readName(fields: Fields, name: string, format: (name: string) => string): string | undefined {
	const value = readText(fields, name);
	return value === undefined ? undefined : format(value);
}

/** A number, also where an expression made text of it. What is none stays as it is, for a schema to refuse. */
export function readNumber(value: unknown): unknown {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return Number.isFinite(number) ? number : value;
}

const isoDate = /^\d{4}-\d{2}-\d{2}/;

/**
 * A point in time, however it was filled in. Where it names no time zone it is the workflow's, as n8n's date
 * picker means it.
 * @returns epoch milliseconds, or undefined when it is none
 */
export function readTime(fields: Fields, name: string, timeZone: string): number | undefined {
	const value = fields(name);
	// Expressions give dates of n8n's own, which write themselves as ISO 8601.
	const given = isObject(value) && !(value instanceof Date) ? String(value) : value;
	if (typeof given !== 'string' || !isoDate.test(given.trim())) return parseTime(given);
	const local = DateTime.fromISO(given.trim().replace(' ', 'T'), { zone: timeZone });
	return local.isValid ? parseTime(local.toJSDate()) : undefined;
}
