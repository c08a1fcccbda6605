/** The entries of a list, one result each; any other answer stays one. */
export function oneEach(body: unknown): unknown[] {
	return Array.isArray(body) ? body : [body];
}
