import { accepted, notAccepted, type Checked } from '../checked';
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

export interface Inspected {
	/** The value without prototype keys. */
	kept: unknown;
	/** Paths of the prototype keys that were dropped. */
	droppedKeys: string[];
	/** Upper bound for the bytes of the value's JSON. */
	mostBytes: number;
}

type Excess = 'too_deep' | 'too_many_properties';

/**
 * Walks a JSON value once: counts its depth and properties, and leaves out prototype keys.
 * Nothing is copied unless a key has to be left out.
 */
export function inspect(value: unknown, limits: EventLimits): Checked<Inspected, Excess> {
	const size = new Size(limits);
	size.add(value, 1);
	if (size.excess !== undefined) return notAccepted(size.excess);
	const droppedKeys: string[] = [];
	const kept = size.hasPrototypeKeys ? withoutPrototypeKeys(value, '', droppedKeys) : value;
	return accepted({ kept, droppedKeys, mostBytes: size.mostBytes });
}

/** The size of a JSON value, as far as it is within the limits; without what is under prototype keys. */
class Size {
	excess: Excess | undefined;
	hasPrototypeKeys = false;
	mostBytes = 0;
	private properties = 0;

	constructor(private readonly limits: EventLimits) {}

	add(node: unknown, depth: number): void {
		if (typeof node === 'string') this.mostBytes += mostBytesOfText(node);
		else if (typeof node !== 'object' || node === null) this.mostBytes += mostBytesOfNumber;
		else if (depth > this.limits.depth) this.excess ??= 'too_deep';
		else if (Array.isArray(node)) this.addList(node, depth);
		else this.addObject(node as JsonObject, depth);
	}

	private addList(list: unknown[], depth: number): void {
		this.mostBytes += '[]'.length + list.length;
		for (let i = 0; i < list.length && this.excess === undefined; i++) this.add(list[i], depth + 1);
	}

	private addObject(object: JsonObject, depth: number): void {
		this.mostBytes += '{}'.length;
		// `Object.keys` would make a list of each object's keys; JSON has no inherited ones.
		for (const key in object) {
			if (prototypeKeys.has(key)) {
				this.hasPrototypeKeys = true;
				continue;
			}
			if (++this.properties > this.limits.properties) this.excess ??= 'too_many_properties';
			if (this.excess !== undefined) return;
			this.mostBytes += mostBytesOfText(key) + ':,'.length;
			this.add(object[key], depth + 1);
		}
	}
}

/**
 * The value without its prototype keys; where it has none, not a copy.
 * @param droppedKeys gets the paths of what was left out
 */
function withoutPrototypeKeys(node: unknown, prefix: string, droppedKeys: string[]): unknown {
	if (typeof node !== 'object' || node === null) return node;
	const droppedBefore = droppedKeys.length;
	const copy = Array.isArray(node)
		? node.map((each) => withoutPrototypeKeys(each, prefix, droppedKeys))
		: Object.fromEntries(
				Object.entries(node).flatMap(([key, value]) => {
					const path = prefix + key;
					if (!prototypeKeys.has(key)) return [[key, withoutPrototypeKeys(value, `${path}.`, droppedKeys)]];
					droppedKeys.push(path);
					return [];
				}),
			);
	return droppedKeys.length === droppedBefore ? node : copy;
}

/** Bytes of the value as JSON; Infinity for what cannot be written as JSON. */
export function jsonBytes(value: unknown): number {
	try {
		return Buffer.byteLength(JSON.stringify(value) ?? '');
	} catch {
		return Infinity;
	}
}

/** Quotes, and every character as an escape such as \u0000. */
const mostBytesOfText = (text: string) => 6 * text.length + 2;

/** The longest that JavaScript prints, such as -1.7976931348623157e+308; `false` and `null` are shorter. */
const mostBytesOfNumber = 24;
