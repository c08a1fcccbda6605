/** Ways to write an event name, for services that recommend or demand one. */
export const nameFormats = {
	asIs: (name: string) => name,
	kebabCase: (name: string) => joinWords(name, '-'),
	snakeCase: (name: string) => joinWords(name, '_'),
};

export type NameFormat = keyof typeof nameFormats;

/** "Order Completed" and "orderCompleted" to "order-completed"; a name without letters and digits stays. */
function joinWords(name: string, separator: string): string {
	const words = name
		.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
		.split(/[^\p{L}\p{N}\p{M}]+/u)
		.filter((word) => word !== '');
	return words.length === 0 ? name : words.join(separator).toLowerCase();
}
