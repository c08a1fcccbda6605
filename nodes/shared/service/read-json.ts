import { jsonParse } from 'n8n-workflow';
import { isBlank, shorten } from '../event';
import { causeAt, foundAt } from './broken-json';

/**
 * Reads a JSON parameter. An expression can also return the value itself.
 * @param label the field's, for the error
 * @param advice what else helps, besides correcting the JSON
 * @returns undefined when the field is empty or its expression finds nothing
 */
export function readJson(json: unknown, label: string, advice?: string): unknown {
	if (isBlank(json)) return undefined;
	if (typeof json !== 'string') return json;
	const value = jsonParse<unknown>(json, { fallbackValue: broken });
	if (value === broken) throw new BrokenJson(json, label, advice);
	return value ?? undefined;
}

const broken = Symbol('broken JSON');

class BrokenJson extends Error {
	readonly description: string;

	constructor(json: string, label: string, advice: string | undefined) {
		const { at, key } = breakingPoint(json);
		super(`'${label}' is not valid JSON${placeIn(json, at)}${afterKey(key)}`);
		const cause = causeAt(json, at);
		const better = advice === undefined ? '' : `, or ${advice}`;
		this.description = `${cause ?? 'Correct the JSON.'} To insert text from an item, write {{ JSON.stringify($json.name) }} without quotes around it${better}.`;
	}
}

function placeIn(json: string, at: number): string {
	if (at >= json.trimEnd().length) return ': the text ends too early';
	const lines = json.slice(0, at).split('\n');
	const column = (lines.at(-1) ?? '').length + 1;
	return ` at line ${lines.length}, column ${column}: found ${foundAt(json, at)}`;
}

/** Names a key only, never a value, which can be a password. */
function afterKey(key: string | undefined): string {
	return key === undefined ? '' : `, after the key "${shorten(key, 40)}"`;
}

const space = /[ \t\n\r]*/y;
const openString = /"(?:[ !#-[\]-\uffff]+|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** What may come next: each letter stands for a token, `"` for text and `s` for a number, true, false or null. */
const expectations = {
	value: '"s{[',
	firstValue: '"s{[]',
	key: '"',
	firstKey: '"}',
	colon: ':',
	next: ',}]',
};

/** Finds where text stops being JSON, and the nearest key before. Only for text that isn't JSON. */
function breakingPoint(json: string): { at: number; key: string | undefined } {
	/** The brackets that are still to be closed. */
	const open: string[] = [];
	let expected: keyof typeof expectations = 'value';
	let at = lengthOf(space, json, 0);
	let text: string | undefined;
	let key: string | undefined;
	for (;;) {
		const length = tokenAt(json, at);
		const first = json.charAt(at);
		const kind = '"{}[],:'.includes(first) ? first : 's';
		const closes = kind === '}' || kind === ']';
		const fits = length > 0 && expectations[expected].includes(kind) && (!closes || open.at(-1) === kind);
		if (!fits || (kind === ',' && open.length === 0)) return { at, key };
		if (kind === '"') text = json.slice(at + 1, at + length);
		if (kind === ':') key = text;
		at += length;
		if (kind === '"' && json.charAt(at) !== '"') return { at, key };
		if (kind === '"') at += 1;

		if (kind === '{') open.push('}');
		if (kind === '[') open.push(']');
		if (closes) open.pop();
		expected = afterToken(kind, expected, open.at(-1));
		at += lengthOf(space, json, at);
	}
}

function afterToken(
	kind: string,
	expected: keyof typeof expectations,
	innermost: string | undefined,
): keyof typeof expectations {
	if (kind === '{') return 'firstKey';
	if (kind === '[') return 'firstValue';
	if (kind === ':') return 'value';
	if (kind === ',') return innermost === '}' ? 'key' : 'value';
	return expected === 'key' || expected === 'firstKey' ? (kind === '"' ? 'colon' : 'next') : 'next';
}

/** The length of a token; of text, without its closing quote. 0 if there is none. */
function tokenAt(json: string, at: number): number {
	const first = json.charAt(at);
	if (first === '"') return lengthOf(openString, json, at);
	return first !== '' && '{}[],:'.includes(first) ? 1 : lengthOf(scalar, json, at);
}

function lengthOf(pattern: RegExp, json: string, at: number): number {
	pattern.lastIndex = at;
	return pattern.exec(json)?.[0].length ?? 0;
}
