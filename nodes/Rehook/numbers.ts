import { z } from 'zod/v4';

/** A number, also as the text that an expression may make of one. */
export function numeric(wrong: string) {
	return z.preprocess(
		(value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
		z.number(wrong),
	);
}
