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
export const defaultBatchLimits: BatchLimits = { batchBytes: 500 * 1024, batchEvents: 2_500 };

/** Keys that would reach an object's prototype once somebody copies the event key by key. */
const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype']);

export type Inspection =
	{ ok: true; value: unknown; droppedKeys: string[] } | { ok: false; excess: 'depth' | 'properties' };

/**
 * Walks a JSON value once: counts its depth and properties, and leaves out prototype keys.
 * Nothing is copied unless a key has to be left out.
 */
export function inspect(value: unknown, limits: EventLimits): Inspection {
	const droppedKeys: string[] = [];
	let properties = 0;
	let excess: 'depth' | 'properties' | undefined;

	function visit(node: unknown, depth: number, path: string): unknown {
		if (typeof node !== 'object' || node === null || excess !== undefined) return node;
		if (depth > limits.depth) {
			excess = 'depth';
			return node;
		}
		if (Array.isArray(node)) {
			let copy: unknown[] | undefined;
			for (let i = 0; i < node.length; i++) {
				const kept = visit(node[i], depth + 1, path);
				if (kept !== node[i]) (copy ??= [...node])[i] = kept;
			}
			return copy ?? node;
		}
		const source = node as Record<string, unknown>;
		let copy: Record<string, unknown> | undefined;
		for (const key of Object.keys(source)) {
			if (prototypeKeys.has(key)) {
				droppedKeys.push(path === '' ? key : `${path}.${key}`);
				copy ??= withoutPrototypeKeys(source);
				continue;
			}
			if (++properties > limits.properties) {
				excess = 'properties';
				return node;
			}
			const kept = visit(source[key], depth + 1, path === '' ? key : `${path}.${key}`);
			if (kept !== source[key]) (copy ??= withoutPrototypeKeys(source))[key] = kept;
		}
		return copy ?? node;
	}

	const kept = visit(value, 1, '');
	return excess === undefined ? { ok: true, value: kept, droppedKeys } : { ok: false, excess };
}

/** Bytes of the value as JSON; Infinity for what cannot be written as JSON. */
export function jsonBytes(value: unknown): number {
	try {
		return Buffer.byteLength(JSON.stringify(value) ?? '');
	} catch {
		return Infinity;
	}
}

function withoutPrototypeKeys(source: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(source).filter(([key]) => !prototypeKeys.has(key)));
}
