/** The ways to write an event name. Some services recommend or require one of them. */
export const nameFormats = {
	asIs: (name: string) => name,
	kebabCase: (name: string) => joinWords(name, '-'),
	snakeCase: (name: string) => joinWords(name, '_'),
};

export type NameFormat = keyof typeof nameFormats;

/** Turns "Order Completed" and "orderCompleted" into "order-completed". Keeps a name without letters and digits. */
function joinWords(name: string, separator: string): string {
	const words = name
		.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
		.split(/[^\p{L}\p{N}\p{M}]/u)
		.filter((word) => word !== '');
	return words.length === 0 ? name : words.join(separator).toLowerCase();
}
