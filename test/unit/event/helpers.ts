import {
	normalize,
	type CanonicalEvent,
	type NormalizeOptions,
	type EventType,
	type Reject,
} from '../../../nodes/shared/event';

/** When the requests of these tests reach us. */
export const now = Date.parse('2025-01-02T03:04:05.678Z');
export const nowIso = '2025-01-02T03:04:05.678Z';

export type JsonObject = Record<string, unknown>;

export function origin(more: Partial<NormalizeOptions> = {}): NormalizeOptions {
	return {
		now,
		fallbackId: () => 'fallback-id',
		meta: { format: 'segment', transport: 'webhook', batchIndex: 0, batchSize: 1, verified: false },
		trustMeta: false,
		...more,
	};
}

/** The least that each type of event needs. */
export const minimal: Record<EventType, JsonObject> = {
	track: { type: 'track', event: 'Order Completed', userId: 'u1' },
	identify: { type: 'identify', userId: 'u1' },
	page: { type: 'page', userId: 'u1' },
	screen: { type: 'screen', userId: 'u1' },
	group: { type: 'group', userId: 'u1', groupId: 'g1' },
	alias: { type: 'alias', userId: 'u1', previousId: 'a1' },
};

export function accept(received: unknown, more: Partial<NormalizeOptions> = {}): CanonicalEvent {
	const result = normalize(received, origin(more));
	if (!result.ok) throw new Error(`Rejected as ${result.reason.code} at '${result.reason.path}'`);
	return result.value;
}

export function rejectOf(received: unknown, more: Partial<NormalizeOptions> = {}): Reject {
	const result = normalize(received, origin(more));
	if (result.ok) throw new Error('Accepted');
	return result.reason;
}

/** The code of the reject, or `accepted`. */
export function codeOf(received: unknown, more: Partial<NormalizeOptions> = {}): string {
	const result = normalize(received, origin(more));
	return result.ok ? 'accepted' : result.reason.code;
}

export function warnings(received: unknown, more: Partial<NormalizeOptions> = {}): string[] {
	return accept(received, more)._meta.warnings.map(({ path, code }) => `${path}: ${code}`);
}

export const prototypeKeys = ['__proto__', 'constructor', 'prototype'];

/** Paths of own keys that would reach a prototype. */
export function prototypeKeyPaths(value: unknown, path = ''): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => {
		const here = path === '' ? key : `${path}.${key}`;
		return [...(prototypeKeys.includes(key) ? [here] : []), ...prototypeKeyPaths(inner, here)];
	});
}

/** As the parser of a request makes it: `__proto__` is an own key like any other. */
export function parsed(json: string): JsonObject {
	return JSON.parse(json) as JsonObject;
}

export function deepFreeze<T>(value: T): T {
	if (typeof value === 'object' && value !== null) {
		Object.values(value).forEach(deepFreeze);
		Object.freeze(value);
	}
	return value;
}

/** An object `levels` deep, itself included. */
export function nested(levels: number): JsonObject {
	let value: JsonObject = {};
	for (let level = 1; level < levels; level++) value = { inner: value };
	return value;
}
