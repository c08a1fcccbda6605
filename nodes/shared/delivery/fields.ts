import type { IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';

/** Reads one item's parameters of a node. */
export type Fields = (name: string) => unknown;

/**
 * Reads parameters, each once for the whole run unless its stored value holds an expression: evaluating
 * one costs about half a millisecond per item.
 */
export class ParameterReader {
	private readonly constants = new Map<string, unknown>();

	constructor(private readonly context: IExecuteFunctions) {}

	read(name: string, itemIndex: number): unknown {
		if (this.constants.has(name)) return this.constants.get(name);
		const value: unknown = this.context.getNodeParameter(name, itemIndex);
		if (!holdsExpression(this.context.getNode().parameters[name])) this.constants.set(name, value);
		return value;
	}

	forItem(itemIndex: number): Fields {
		return (name) => this.read(name, itemIndex);
	}
}

function holdsExpression(stored: NodeParameterValueType | undefined): boolean {
	if (typeof stored === 'string') return stored.startsWith('=');
	if (typeof stored !== 'object' || stored === null) return false;
	return Object.values(stored).some((value) => holdsExpression(value as NodeParameterValueType));
}

/** Numbers become text, as in events. Anything else that is no text is left for a schema to refuse. */
export function readText(fields: Fields, name: string): unknown {
	const value = fields(name);
	return typeof value === 'number' ? String(value) : value;
}

/** A name in the chosen format; what is no text is left for a schema to refuse. */
export function readName(fields: Fields, name: string, format: (name: string) => string): unknown {
	const value = readText(fields, name);
	return typeof value === 'string' ? format(value) : value;
}
