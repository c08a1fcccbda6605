/** Names of parameters. Fields in a collection have a path, as in `options.batchSize`. */
export type Reads = Set<string>;

interface ReadsParameters {
	getNodeParameter(name: string, ...more: unknown[]): unknown;
	getCredentials(type: string): Promise<object>;
}

/**
 * Makes n8n's own context record which parameters and which fields of a credential a node reads. Collections keep their
 * values and record which of their fields are read.
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

/** Keys that code reads of any value to find out what it is. */
const ofAnyValue = new Set([
	'__rl',
	'toJSON',
	'then',
	'length',
	...Object.getOwnPropertyNames(Object.prototype),
]);

/** Returns the same value, which adds the names of fields that are read to `reads`. */
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
