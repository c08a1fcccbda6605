import { isObject, type JsonObject } from '../../event';

/** Deeper names keep the rest of their brackets as text. */
const mostLevels = 20;

/**
 * Parses `application/x-www-form-urlencoded`, with nested names as in PHP: `a=1&b[c]=2&d[]=3` becomes
 * `{"a":"1","b":{"c":"2"},"d":["3"]}`. A name that comes several times becomes a list.
 */
export function parseForm(form: string): JsonObject {
	const root: JsonObject = {};
	const next: NextIndexes = new Map();
	for (const [name, value] of new URLSearchParams(form)) put(root, stepsIn(name), value, next);
	return withListsInside(root);
}

/** Splits `a[b][]` into `a`, `b` and an empty step. */
function stepsIn(name: string): string[] {
	const opening = name.indexOf('[');
	if (opening <= 0 || !name.endsWith(']')) return [name];
	const inner = name.slice(opening + 1, -1).split('][');
	const kept = inner.slice(0, mostLevels - 1);
	const rest = inner.slice(mostLevels - 1);
	return [name.slice(0, opening), ...kept, ...(rest.length === 0 ? [] : [rest.join('][')])];
}

/** The index that `[]` stands for in an object: one more than the highest so far. */
type NextIndexes = Map<JsonObject, number>;

function put(root: JsonObject, steps: readonly string[], value: string, next: NextIndexes): void {
	let node = root;
	for (const [index, step] of steps.entries()) {
		const key = step === '' && index > 0 ? String(next.get(node) ?? 0) : step;
		if (isIndex.test(key)) next.set(node, Math.max(next.get(node) ?? 0, Number(key) + 1));
		if (index < steps.length - 1) node = childOf(node, key);
		else add(node, key, value);
	}
}

const isIndex = /^(?:0|[1-9]\d{0,14})$/;

function childOf(node: JsonObject, key: string): JsonObject {
	const known = Object.hasOwn(node, key) ? node[key] : undefined;
	if (isObject(known)) return known;
	const child: JsonObject = {};
	if (known !== undefined) set(child, '', known);
	set(node, key, child);
	return child;
}

/** Adds a value to those that the name has already. */
function add(node: JsonObject, key: string, value: string): void {
	const known = Object.hasOwn(node, key) ? node[key] : undefined;
	if (known === undefined) set(node, key, value);
	else if (Array.isArray(known)) known.push(value);
	else if (isObject(known)) add(known, '', value);
	else set(node, key, [known, value]);
}

/** Sets an own field, whatever its name: assigning to `__proto__` would change the object's prototype. */
function set(node: JsonObject, key: string, value: unknown): void {
	if (key !== '__proto__') node[key] = value;
	else Object.defineProperty(node, key, { value, enumerable: true, writable: true, configurable: true });
}

/** Turns objects with the keys 0, 1, 2 and so on into lists. */
function withLists(node: unknown): unknown {
	if (!isObject(node)) return node;
	const keys = Object.keys(withListsInside(node));
	const isList = keys.length > 0 && keys.every((key, index) => key === String(index));
	return isList ? Object.values(node) : node;
}

function withListsInside(node: JsonObject): JsonObject {
	for (const [key, value] of Object.entries(node)) {
		if (isObject(value)) set(node, key, withLists(value));
	}
	return node;
}
