/** A text somewhere in a value, and its path: `output[0].json.reason.message`. */
interface Found {
	path: string;
	text: string;
}

/**
 * Finds secrets in a value, in any form: in texts, keys, bytes, maps, errors and their causes, and in inherited, hidden
 * and computed properties. Returns a sentence for each of them.
 */
export function findSecrets(value: unknown, secrets: readonly string[]): string[] {
	const forms = [...new Map(secrets.flatMap(formsOf).map((each) => [each.form, each])).values()];
	const texts = [...textsIn(value, '', new Set())];
	const isClean = texts.every(({ text }) => forms.every(({ form }) => !text.includes(form)));
	if (isClean) return [];
	return texts.flatMap(({ path, text }) =>
		forms
			.filter(({ form }) => text.includes(form))
			.map(
				({ name, secret, form }) => `${path || 'the value'} holds '${secret}' ${name}: ${around(text, form)}`,
			),
	);
}

interface Form {
	secret: string;
	name: string;
	form: string;
}

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

function formsOf(secret: string): Form[] {
	const once = inJson(secret);
	return [secret, secret.trim(), once, inJson(once)].flatMap((text) =>
		Object.entries(encodingsOf(text)).flatMap(([name, forms]) =>
			forms.map((form) => ({ secret, name, form })),
		),
	);
}

const encodingsOf = (text: string): Record<string, string[]> => ({
	'in Base64': base64FormsOf(text),
	'in hex': [Buffer.from(text).toString('hex'), Buffer.from(text, 'latin1').toString('hex')],
	'in a form': [new URLSearchParams([['', text]]).toString().slice(1)],
	'in a URL': [encodeURIComponent(text)],
	'as it is': [text],
});

/** Returns the Base64 of a text inside a longer one, without characters that depend on its neighbors. */
function base64FormsOf(text: string): string[] {
	return [0, 1, 2].flatMap((offset) => {
		const shifted = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
		const [first, end] = [Math.ceil((offset * 4) / 3), Math.floor((shifted.length * 4) / 3)];
		const own = shifted.toString('base64').slice(first, end);
		return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
	});
}

function around(text: string, form: string): string {
	const at = text.indexOf(form);
	return JSON.stringify(text.slice(Math.max(0, at - 30), at + form.length + 10));
}

function* textsIn(value: unknown, path: string, seen: Set<unknown>): Generator<Found> {
	if (typeof value === 'string') yield { path, text: value };
	if (typeof value !== 'object' || value === null || seen.has(value)) return;
	seen.add(value);
	if (ArrayBuffer.isView(value)) {
		yield { path, text: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8') };
		return;
	}
	if (value instanceof Map || value instanceof Set) yield* textsIn([...value], `${path}<entries>`, seen);
	for (const key of keysOf(value)) {
		const inner = `${path}[${typeof key === 'string' && /^\d+$/.test(key) ? key : JSON.stringify(String(key))}]`;
		yield { path: `the key ${inner}`, text: String(key) };
		yield* textsIn(read(value, key), inner, seen);
	}
}

/** Returns the keys of a value, including hidden ones and those of its classes. */
function keysOf(value: object): Set<string | symbol> {
	const keys = new Set(Reflect.ownKeys(value));
	for (
		let inherited: unknown = Object.getPrototypeOf(value);
		typeof inherited === 'object' && inherited !== null && inherited !== Object.prototype;
		inherited = Object.getPrototypeOf(inherited)
	) {
		if (inherited === Array.prototype) break;
		for (const key of Reflect.ownKeys(inherited)) keys.add(key);
	}
	return keys;
}

/** Reads a property. Some getters throw on other objects than their own. */
function read(value: object, key: string | symbol): unknown {
	try {
		return Reflect.get(value, key);
	} catch {
		return undefined;
	}
}
