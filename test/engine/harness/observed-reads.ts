/** Names, with those inside of a collection as in `options.batchSize`. */
export type Reads = Set<string>;

interface ReadsParameters {
	getNodeParameter(name: string, ...more: unknown[]): unknown;
	getCredentials(type: string): Promise<object>;
}

/**
 * Makes n8n's own context write down which parameters, and which fields of a credential, a node asks it for.
 * Collections are handed on as they are, and tell which of their fields are looked at.
 */
export function observeReads(
	context: ReadsParameters,
	collections: ReadonlySet<string>,
	parameters: Reads,
	credential: Reads,
): void {
	const getNodeParameter = context.getNodeParameter.bind(context);
	const getCredentials = context.getCredentials.bind(context);
	context.getNodeParameter = (name, ...more) => {
		parameters.add(name);
		const value = getNodeParameter(name, ...more);
		return collections.has(name) ? observed(value, parameters, `${name}.`) : value;
	};
	context.getCredentials = async (type) => observed(await getCredentials(type), credential);
}

/** What is asked of any value, to find out what it is. */
const ofAnyValue = new Set([
	'__rl',
	'toJSON',
	'then',
	'length',
	...Object.getOwnPropertyNames(Object.prototype),
]);

/** The same value, which adds the names of the fields that are read to `reads`. */
export function observed<T>(value: T, reads: Reads, path = ''): T {
	if (typeof value !== 'object' || value === null) return value;
	return new Proxy(value, {
		get(target, name, receiver) {
			const inner: unknown = Reflect.get(target, name, receiver);
			if (typeof name === 'symbol' || ofAnyValue.has(name)) return inner;
			if (Array.isArray(target)) return typeof inner === 'function' ? inner : observed(inner, reads, path);
			reads.add(`${path}${name}`);
			return observed(inner, reads, `${path}${name}.`);
		},
	});
}
