import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

const anyText = fc.oneof(
	fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
	fc.string({ unit: 'grapheme', maxLength: 12 }),
	fc.string({ unit: 'binary', maxLength: 12 }),
);

/** IDs of any kind: with spaces, slashes, quotes, other scripts and emoji. */
export const id = anyText.map((text) => text.trim()).filter((text) => text !== '' && !/^\.+$/.test(text));

/** Names that only the tests of named differences use. */
const isOrdinaryName = (name: string) =>
	!/^(?:\$|ss_)/i.test(name) &&
	!['', '__proto__', 'constructor', 'prototype'].includes(name) &&
	name === name.trim() &&
	!(Number(name) <= 0);

export const propertyName = fc.oneof(
	fc.constantFrom('amount', 'nested', 'äöü', '購入', 'a.b', 'with blank', '🛒', 'toString', 'quote"'),
	anyText.filter(isOrdinaryName),
);

/** Any JSON value. Keys that would reach a prototype are tested as a difference. */
export const jsonValue = fc
	.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' })
	.map((value) => JSON.stringify(value))
	.filter((json) => !/"(?:__proto__|constructor|prototype)":/.test(json))
	// Parsed again, because JSON has no -0.
	.map((json): unknown => JSON.parse(json));

export const properties = fc
	.array(fc.tuple(propertyName, jsonValue), { maxLength: 6 })
	.map((entries) => Object.fromEntries(entries) as IDataObject);
