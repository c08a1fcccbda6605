import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

const anyText = fc.oneof(
	fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
	fc.string({ unit: 'grapheme', maxLength: 12 }),
	fc.string({ unit: 'binary', maxLength: 12 }),
);

/** Anything that can name somebody: blanks inside, slashes, quotes, other scripts, emoji. */
export const id = anyText.map((text) => text.trim()).filter((text) => text !== '' && !/^\.+$/.test(text));

/** Left to the tests of the named differences, which show what becomes of such names. */
const isOrdinaryName = (name: string) =>
	!/^(?:\$|ss_)/i.test(name) &&
	!['', '__proto__', 'constructor', 'prototype'].includes(name) &&
	name === name.trim() &&
	!(Number(name) <= 0);

export const propertyName = fc.oneof(
	fc.constantFrom('amount', 'nested', 'äöü', '購入', 'a.b', 'with blank', '🛒', 'toString', 'quote"'),
	anyText.filter(isOrdinaryName),
);

/** Any JSON value; keys that would reach a prototype are the subject of a difference of their own. */
export const jsonValue = fc
	.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' })
	.map((value) => JSON.stringify(value))
	.filter((json) => !/"(?:__proto__|constructor|prototype)":/.test(json))
	// Read back, because JSON knows no -0.
	.map((json): unknown => JSON.parse(json));

export const properties = fc
	.array(fc.tuple(propertyName, jsonValue), { maxLength: 6 })
	.map((entries) => Object.fromEntries(entries) as IDataObject);
