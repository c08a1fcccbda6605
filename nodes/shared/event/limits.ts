import type { JsonObject } from './values';

/** Sizes are UTF-8 bytes of the JSON, after inflating. */
export interface EventLimits {
	eventBytes: number;
	depth: number;
	properties: number;
}

export interface BatchLimits {
	batchBytes: number;
	batchEvents: number;
}

export const defaultEventLimits: EventLimits = { eventBytes: 32 * 1024, depth: 64, properties: 10_000 };
/** For events from inside a workflow: sizes are the services' to limit; the depth is what can be walked safely. */
export const itemLimits: EventLimits = { ...defaultEventLimits, eventBytes: Infinity, properties: Infinity };
export const defaultBatchLimits: BatchLimits = { batchBytes: 500 * 1024, batchEvents: 2_500 };

/** Keys that would reach an object's prototype once somebody copies the event key by key. */
const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** `mostBytes`: the value's JSON has no more bytes than that. */
export type Inspection =
	| { ok: true; value: unknown; droppedKeys: string[]; mostBytes: number }
	| { ok: false; code: 'too_deep' | 'too_many_properties' };

/**
 * Walks a JSON value once: counts its depth and properties, and leaves out prototype keys.
 * Nothing is copied unless a key has to be left out.
 */
export function inspect(value: unknown, limits: EventLimits): Inspection {
	const droppedKeys: string[] = [];
	/** The keys that lead to where the walk is. */
	const trail: string[] = [];
	let properties = 0;
	let mostBytes = 0;
	let excess: 'too_deep' | 'too_many_properties' | undefined;

	function visit(node: unknown, depth: number): unknown {
		if (typeof node !== 'object' || node === null) {
			mostBytes += typeof node === 'string' ? mostBytesOfText(node) : mostBytesOfNumber;
			return node;
		}
		if (depth > limits.depth) excess ??= 'too_deep';
		if (excess !== undefined) return node;
		mostBytes += '{}'.length;
		return Array.isArray(node) ? visitList(node, depth) : visitObject(node as JsonObject, depth);
	}

	function visitList(list: unknown[], depth: number): unknown[] {
		let copy: unknown[] | undefined;
		mostBytes += list.length;
		for (let i = 0; i < list.length; i++) {
			const kept = visit(list[i], depth + 1);
			if (kept !== list[i]) (copy ??= [...list])[i] = kept;
		}
		return copy ?? list;
	}

	function visitObject(source: JsonObject, depth: number): JsonObject {
		let copy: JsonObject | undefined;
		for (const key of Object.keys(source)) {
			if (prototypeKeys.has(key)) {
				droppedKeys.push([...trail, key].join('.'));
				copy ??= withoutPrototypeKeys(source);
				continue;
			}
			if (++properties > limits.properties) {
				excess ??= 'too_many_properties';
				return source;
			}
			mostBytes += mostBytesOfText(key) + ':,'.length;
			trail.push(key);
			const kept = visit(source[key], depth + 1);
			trail.pop();
			if (kept !== source[key]) (copy ??= withoutPrototypeKeys(source))[key] = kept;
		}
		return copy ?? source;
	}

	const kept = visit(value, 1);
	return excess === undefined
		? { ok: true, value: kept, droppedKeys, mostBytes }
		: { ok: false, code: excess };
}

/** Bytes of the value as JSON; Infinity for what cannot be written as JSON. */
export function jsonBytes(value: unknown): number {
	try {
		return Buffer.byteLength(JSON.stringify(value) ?? '');
	} catch {
		return Infinity;
	}
}

function withoutPrototypeKeys(source: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries(source).filter(([key]) => !prototypeKeys.has(key)));
}

/** Quotes, and every character as an escape such as \u0000. */
const mostBytesOfText = (text: string) => 6 * text.length + 2;

/** The longest that JavaScript prints, such as -1.7976931348623157e+308; `false` and `null` are shorter. */
const mostBytesOfNumber = 24;
