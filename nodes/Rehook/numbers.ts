import { z } from 'zod/v4';
import { readNumber } from '../shared/delivery';

/** A number, also as the text that an expression may make of one. */
export function numeric(wrong: string) {
	return z.preprocess(readNumber, z.number(wrong));
}
