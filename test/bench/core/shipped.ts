import { createRequire } from 'node:module';
import { join } from 'node:path';

const requireBuilt = createRequire(join(__dirname, '../../../dist/index.js'));

/**
 * Loads a module of the package as it is published. From its source, it would be compiled by tsx, which runs the bench and
 * adds a call to each of many small functions.
 * @param path without the extension, e.g. `nodes/shared/formats`
 */
export function requireShipped<T>(path: string): T {
	return requireBuilt(`./${path}`) as T;
}
