import { toPath } from 'lodash';
import { isBlank, isObject, isRounded, text, type JsonObject } from '../event';
import { remember } from '../remember';

/**
 * The paths to the parts of an event in a sender's JSON, with dots and brackets: `data.customer.id`, `items[0].id`,
 * `["order.id"]`. Commas separate alternatives, and `header:x-topic` reads a header of the request. All except `events`
 * start at an event.
 */
export interface Paths {
	/** The path to the list of events in the body. */
	events?: string;
	event?: string;
	userId?: string;
	anonymousId?: string;
	messageId?: string;
	timestamp?: string;
	properties?: string;
}

/** Merges paths. Those of the user win, unless they are blank. */
export function withPaths(presets: Paths | undefined, paths: Paths): Paths {
	if (presets === undefined) return paths;
	return { ...presets, ...Object.fromEntries(Object.entries(paths).filter(([, path]) => !isBlank(path))) };
}

/** One of the alternatives of a path. */
interface Alternative {
	/** As it was written. A key of this name wins. */
	literal: string;
	keys: readonly string[];
	/** The name of a header in lower case, if the path is for one. */
	header?: string;
}

/** Reads the alternatives of a path. Ignores byte order marks, which come along when a field is dragged in. */
const alternativesIn = remember(1000, (path: string): readonly Alternative[] =>
	splitAtCommas(path.replaceAll('\uFEFF', ''))
		.map((part) => part.trim())
		.filter((part) => part !== '')
		.map((literal) => ({ literal, keys: toPath(literal), header: headerName(literal) })),
);

/** Splits at the commas that aren't inside quotes in brackets, as in `["last, first"]`. */
function splitAtCommas(path: string): string[] {
	const parts: string[] = [];
	let start = 0;
	let quote = '';
	for (let at = 0; at < path.length; at++) {
		const character = path.charAt(at);
		if (quote !== '') {
			if (character === '\\') at++;
			else if (character === quote) quote = '';
		} else if (character === ',') {
			parts.push(path.slice(start, at));
			start = at + 1;
		} else if (character === '[' && /["']/.test(path.charAt(at + 1))) {
			quote = path.charAt(++at);
		}
	}
	return [...parts, path.slice(start)];
}

/** The names of headers that hold secrets. Paths find nothing in them, since events show what paths find. */
const secretHeaders = /authorization|cookie|^x-write-key$/;

/** Values that hold secrets in any header, such as one that a proxy adds. */
const httpCredentials = /^(?:basic|bearer) /i;

function headerName(path: string): string | undefined {
	const prefix = 'header:';
	if (!path.toLowerCase().startsWith(prefix)) return undefined;
	return path.slice(prefix.length).trim().toLowerCase();
}

/**
 * Returns the value at a path, or undefined if there is none. Reads own fields only: every object inherits fields such
 * as `constructor`, which no sender sent.
 */
export function valueAt(root: unknown, path: string | undefined): unknown {
	const trimmed = text(path);
	return trimmed === undefined ? undefined : valueAtKeys(root, toPath(trimmed));
}

function valueAtKeys(root: unknown, keys: readonly string[]): unknown {
	let value = root;
	for (const key of keys) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
		value = (value as JsonObject)[key];
	}
	return value;
}

/** What paths can find besides what is in an event. */
export interface Surroundings {
	body: unknown;
	/** With names in lower case. */
	headers: Record<string, string | string[] | undefined>;
	/** What the body was taken out of: an envelope, or an item of a workflow. */
	outside?: unknown;
	/** The path from there to the body, if it has one. Paths of fields that are dragged in start with it. */
	pathToBody?: string;
}

/** Finds the parts of events at the user's paths. */
export class Fields {
	private readonly pathToBody: readonly string[];
	private readonly pathsToEvents: ReadonlyArray<readonly string[]>;
	private readonly shared = new Map<string, unknown>();
	private readonly inEvents = new Map<string, readonly string[]>();

	constructor(
		private readonly surroundings: Surroundings,
		private readonly paths: Paths,
	) {
		this.pathToBody = toPath(text(surroundings.pathToBody) ?? '');
		this.pathsToEvents = [[], ...this.alternatives('events').map(({ keys }) => keys)];
	}

	/** The user's path to a part. */
	path(field: keyof Paths): string | undefined {
		return text(this.paths[field]);
	}

	/**
	 * Returns what is at the path of a field, or in the field of that name if it has no path. An alternative that finds
	 * text or a number comes before one that finds anything else. Looks in the event, then in the body.
	 * @param isNone whether a value counts as missing
	 */
	at(event: JsonObject, field: Exclude<keyof Paths, 'events' | 'properties'>, isNone = isBlank): unknown {
		let other: unknown;
		for (const alternative of this.alternatives(field)) {
			const own = this.inEvent(event, alternative);
			const found = isNone(own) ? this.inRequest(alternative, field) : own;
			if (isNone(found)) continue;
			if (text(found) !== undefined || isRounded(found)) {
				// What all events of a request share can't tell them apart: see `requestId`.
				return field === 'messageId' && isBlank(own) ? undefined : found;
			}
			other ??= found;
		}
		return other;
	}

	/** Returns the text or number that the first alternative of a path finds in an event or a header. */
	find(event: JsonObject, path: string): unknown {
		return alternativesIn(path)
			.map((alternative) => this.inHeaders(alternative) ?? this.inEvent(event, alternative))
			.find((value) => text(value) !== undefined || isRounded(value));
	}

	/** Returns what the first alternative of a path finds in an event. */
	value(event: JsonObject, path: string): unknown {
		return alternativesIn(path)
			.map((alternative) => this.inEvent(event, alternative))
			.find((value) => value !== undefined);
	}

	/** Returns the name of the event's own field that a path reads; undefined if it reads a part of a field. */
	ownField(event: JsonObject, path: string): string | undefined {
		const found = alternativesIn(path).find((alternative) => this.inEvent(event, alternative) !== undefined);
		if (found === undefined) return undefined;
		if (Object.hasOwn(event, found.literal)) return found.literal;
		const keys = this.keysInEvent(found.literal, found.keys);
		return keys.length === 1 ? keys[0] : undefined;
	}

	/** Returns what is at the path to the properties. Looks only in the event: what all events share could be large. */
	properties(event: JsonObject): unknown {
		return this.alternatives('properties')
			.map((alternative) => this.inEvent(event, alternative))
			.find((value) => !isBlank(value));
	}

	/** Returns the list at the path to the events, if there is one. */
	list(): readonly unknown[] | undefined {
		const { body, outside } = this.surroundings;
		for (const { literal, keys } of this.alternatives('events')) {
			const found = [
				at(body, literal, keys),
				valueAtKeys(body, this.inBody(keys)),
				valueAtKeys(outside, keys),
			];
			const list = found.find((value) => Array.isArray(value));
			if (list !== undefined) return list as unknown[];
		}
		return undefined;
	}

	/** Returns the message ID that the path finds outside of the events. It stands for the request as a whole. */
	requestId(): string | undefined {
		if (this.path('messageId') === undefined) return undefined;
		const { body } = this.surroundings;
		const onlyEvent = this.list() === undefined && isObject(body) ? body : {};
		for (const alternative of this.alternatives('messageId')) {
			if (!isBlank(this.inEvent(onlyEvent, alternative))) return undefined;
			const id = text(this.inRequest(alternative, 'messageId'));
			if (id !== undefined) return id;
		}
		return undefined;
	}

	/** Returns what to do about an event without a user. */
	userHint(): string {
		const path = this.path('userId');
		return path === undefined
			? 'Or set the path to the user ID, for example "data.customer.id".'
			: `The path to the user ID, "${path}", finds nothing.`;
	}

	private alternatives(field: keyof Paths): readonly Alternative[] {
		const path = this.path(field);
		if (path !== undefined) return alternativesIn(path);
		return field === 'events' || field === 'properties' ? [] : alternativesIn(field);
	}

	private inEvent(event: JsonObject, { literal, keys, header }: Alternative): unknown {
		if (header !== undefined) return undefined;
		const found = at(event, literal, keys);
		return found === undefined ? valueAtKeys(event, this.keysInEvent(literal, keys)) : found;
	}

	/** Looks in the headers, in the body and outside of it, once for all events. */
	private inRequest(alternative: Alternative, field: keyof Paths): unknown {
		const key = `${field} ${alternative.literal}`;
		if (!this.shared.has(key)) this.shared.set(key, this.findInRequest(alternative, field));
		return this.shared.get(key);
	}

	private inHeaders({ header }: Pick<Alternative, 'header'>): string | number | undefined {
		if (header === undefined || secretHeaders.test(header)) return undefined;
		const value = shareable(this.surroundings.headers[header]);
		return typeof value === 'string' && httpCredentials.test(value) ? undefined : value;
	}

	private findInRequest({ literal, keys, header }: Alternative, field: keyof Paths): unknown {
		const { body, outside } = this.surroundings;
		if (header !== undefined) return this.inHeaders({ header });
		const inBody = this.inBody(keys);
		// A path to one of several events, such as events[0].id, is meant for all of them.
		if (!isObject(body) || this.keysInEvent(literal, keys).length < inBody.length) return undefined;
		const found = [at(body, literal, keys), valueAtKeys(body, inBody)];
		// Without a path, only the sender's own fields count.
		if (this.path(field) !== undefined) found.push(valueAtKeys(outside, keys));
		return found.map(shareable).find((value) => value !== undefined);
	}

	/** Leaves out the path to the body, with which the path of a dragged field starts. */
	private inBody(keys: readonly string[]): readonly string[] {
		return startsWith(keys, this.pathToBody) ? keys.slice(this.pathToBody.length) : keys;
	}

	/** Leaves out the path to an event, too: `events[0].user.id` is `user.id` in each of the events. */
	private keysInEvent(literal: string, keys: readonly string[]): readonly string[] {
		const known = this.inEvents.get(literal);
		if (known !== undefined) return known;
		const inBody = this.inBody(keys);
		const list = this.pathsToEvents.map((path) => this.inBody(path)).find((path) => isEntryOf(inBody, path));
		const inEvent = list === undefined ? inBody : inBody.slice(list.length + 1);
		this.inEvents.set(literal, inEvent);
		return inEvent;
	}
}

function at(root: unknown, literal: string, keys: readonly string[]): unknown {
	return isObject(root) && Object.hasOwn(root, literal) ? root[literal] : valueAtKeys(root, keys);
}

function startsWith(keys: readonly string[], start: readonly string[]): boolean {
	return start.every((key, index) => keys[index] === key);
}

function isEntryOf(keys: readonly string[], list: readonly string[]): boolean {
	return startsWith(keys, list) && keys.length > list.length + 1 && /^\d+$/.test(keys[list.length] ?? '');
}

/**
 * Returns a value that all events of a request may get: a number, or text without spaces around it, since each of them
 * would trim it.
 */
function shareable(value: unknown): string | number | undefined {
	return typeof value === 'number' ? value : text(value);
}

/** Wraps a value that isn't an object, since properties must be one. */
export function asProperties(value: unknown): JsonObject {
	if (isObject(value)) return value;
	const saysNothing = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
	return saysNothing ? {} : { data: value };
}
