import { isGiven } from '../event';

/** For `readResults`: the entries of a list, none of an empty answer; any other answer is the one result. */
export function listOf(body: unknown): unknown[] {
	if (Array.isArray(body)) return body;
	return isGiven(body) ? [body] : [];
}
