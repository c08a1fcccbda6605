/** What somebody typed in, separated by commas. */
export function splitList(list: unknown): string[] {
	if (typeof list !== 'string') return [];
	return list
		.split(',')
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}
