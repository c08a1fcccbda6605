import { createHash } from 'node:crypto';
import { cloneDeep, get, has, set, unset } from 'lodash';

export interface PrivacyRules {
	/** Paths in the event, e.g. `traits.email`, whose values become their SHA-256. */
	hash: readonly string[];
	/** Paths that are left out. */
	drop: readonly string[];
}

/** The event without what must not go on. The event itself is not changed. */
export function protect<E extends object>(event: E, { hash, drop }: PrivacyRules): E {
	const hashed = hash.flatMap(everywhere).filter((path) => has(event, path));
	const dropped = drop.flatMap(everywhere).filter((path) => has(event, path));
	if (hashed.length === 0 && dropped.length === 0) return event;
	const guarded = cloneDeep(event);
	for (const path of dropped) unset(guarded, path);
	for (const path of hashed) if (has(guarded, path)) set(guarded, path, hashValue(get(guarded, path)));
	return guarded;
}

/** What is wrong with a path that somebody typed in; undefined when it can be used. */
export function faultOfPath(path: string, use: keyof PrivacyRules): string | undefined {
	const [field = ''] = path.split('.');
	if (objects.has(field)) {
		return path === field
			? `'${path}' belongs to every event. Name what is in it, e.g. ${path}.email`
			: undefined;
	}
	if (texts.has(path)) return undefined;
	if (ids.has(path)) {
		return use === 'hash' ? undefined : `An event needs '${path}' to say whose it is. Hash it instead`;
	}
	return `'${path}' is no field of an event. Use a path such as traits.email or properties.card.number`;
}

const objects = new Set(['traits', 'properties', 'context']);
const ids = new Set(['userId', 'anonymousId', 'groupId', 'previousId']);
const texts = new Set(['name', 'category']);

/** SDKs repeat traits in the context, where a forgotten copy would give away what was to be protected. */
function everywhere(path: string): string[] {
	return path.startsWith('traits.') ? [path, `context.${path}`] : [path];
}

const alreadyHashed = /^[0-9a-f]{64}$/;

/** Trimmed and in lower case first, as advertising services expect of e-mail addresses; a hash stays as it is. */
function hashValue(value: unknown): unknown {
	if (value === null || value === undefined || value === '') return value;
	if (Array.isArray(value)) return value.map(hashValue);
	const plain = typeof value === 'object' ? JSON.stringify(value) : String(value).trim().toLowerCase();
	return alreadyHashed.test(plain) ? plain : createHash('sha256').update(plain).digest('hex');
}
