import { accepted, notAccepted, type Checked } from '../checked';
import type { JsonObject } from './values';

/** The size is in UTF-8 bytes of the event's JSON, uncompressed. */
export interface EventLimits {
	eventBytes: number;
	depth: number;
	properties: number;
}

export interface BatchLimits {
	batchBytes: number;
	batchEvents: number;
}

/** The size that webhooks of services may have. They send whole objects, such as an order with all of its lines. */
export const webhookEventBytes = 256 * 1024;
export const defaultEventLimits: EventLimits = { eventBytes: 32 * 1024, depth: 64, properties: 10_000 };
/** For events from inside a workflow. Services limit their size; the depth keeps them safe to walk recursively. */
export const itemLimits: EventLimits = { ...defaultEventLimits, eventBytes: Infinity, properties: Infinity };
export const defaultBatchLimits: BatchLimits = { batchBytes: 500 * 1024, batchEvents: 2_500 };

/** Keys that would change an object's prototype if code copied the event key by key. */
const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype']);

const largestExact = Number.MAX_SAFE_INTEGER;

export interface Inspected {
	/** The value without prototype keys. */
	kept: unknown;
	/** Paths of the prototype keys that were dropped. */
	droppedKeys: string[];
	/** Whether a number may have been rounded when its JSON was read. */
	hasLargeNumbers: boolean;
	/** Upper bound for the bytes of the value's JSON. */
	mostBytes: number;
}

type Excess = 'too_deep' | 'too_many_properties';

/**
 * Checks the depth and the number of properties of a JSON value, and drops prototype keys. Walks the value once, and
 * copies it only if it has such keys.
 */
export function inspect(value: unknown, limits: EventLimits): Checked<Inspected, Excess> {
	const size = new Size(limits);
	size.add(value, 1);
	if (size.excess !== undefined) return notAccepted(size.excess);
	const droppedKeys: string[] = [];
	const kept = size.hasPrototypeKeys ? withoutPrototypeKeys(value, '', droppedKeys) : value;
	const { hasLargeNumbers, mostBytes } = size;
	return accepted({ kept, droppedKeys, hasLargeNumbers, mostBytes });
}

/** Measures a JSON value up to the first limit that it exceeds. Skips what is under prototype keys. */
class Size {
	excess: Excess | undefined;
	hasPrototypeKeys = false;
	hasLargeNumbers = false;
	mostBytes = 0;
	private properties = 0;

	constructor(private readonly limits: EventLimits) {}

	add(node: unknown, depth: number): void {
		if (typeof node === 'string') this.mostBytes += mostBytesOfText(node);
		else if (typeof node === 'number') this.addNumber(node);
		else if (typeof node !== 'object' || node === null) this.mostBytes += mostBytesOfNumber;
		else if (depth > this.limits.depth) this.excess ??= 'too_deep';
		else if (Array.isArray(node)) this.addList(node, depth);
		else this.addObject(node as JsonObject, depth);
	}

	private addNumber(number: number): void {
		this.mostBytes += mostBytesOfNumber;
		if (number > largestExact || number < -largestExact) this.hasLargeNumbers = true;
	}

	private addList(list: unknown[], depth: number): void {
		this.mostBytes += '[]'.length + list.length;
		for (let i = 0; i < list.length && this.excess === undefined; i++) this.add(list[i], depth + 1);
	}

	private addObject(object: JsonObject, depth: number): void {
		this.mostBytes += '{}'.length;
		// Faster than `Object.keys`, and JSON has no inherited keys.
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
 * Returns the value without prototype keys; the same object if it has none.
 * @param droppedKeys receives the paths of the keys that were dropped
 */
function withoutPrototypeKeys(node: unknown, prefix: string, droppedKeys: string[]): unknown {
	if (typeof node !== 'object' || node === null) return node;
	if (Array.isArray(node)) {
		const kept = node.map((each) => withoutPrototypeKeys(each, prefix, droppedKeys));
		return kept.every((each, index) => each === node[index]) ? node : kept;
	}
	const object = node as JsonObject;
	let copy: JsonObject | undefined;
	for (const key of Object.keys(object)) {
		if (prototypeKeys.has(key)) {
			droppedKeys.push(prefix + key);
			copy ??= { ...object };
			delete copy[key];
			continue;
		}
		const value = object[key];
		if (typeof value !== 'object') continue;
		const kept = withoutPrototypeKeys(value, prefixOf(prefix + key), droppedKeys);
		if (kept === value) continue;
		copy ??= { ...object };
		copy[key] = kept;
	}
	return copy ?? object;
}

/** Cuts a long path, since every key that is dropped below repeats it in its warning. */
function prefixOf(path: string): string {
	return path.length > longestPrefix ? `${path.slice(0, longestPrefix)}….` : `${path}.`;
}

const longestPrefix = 100;

/** Returns the UTF-8 bytes of the value as JSON; Infinity if it can't be written as JSON. */
export function jsonBytes(value: unknown): number {
	try {
		return Buffer.byteLength(JSON.stringify(value) ?? '');
	} catch {
		return Infinity;
	}
}

/** Counts the quotes, and each character as an escape such as \u0000. */
const mostBytesOfText = (text: string) => 6 * text.length + 2;

/** The longest number that JavaScript prints, such as -1.7976931348623157e+308; `false` and `null` are shorter. */
const mostBytesOfNumber = 24;
