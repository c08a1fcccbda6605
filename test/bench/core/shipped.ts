import { createRequire } from 'node:module';
import { join } from 'node:path';

const requireBuilt = createRequire(join(__dirname, '../../../dist/index.js'));

/**
 * A module of the package as it was built to be published. From its source, it would be what tsx makes of it, which
 * runs the bench: with a call more for each function, and there are many small ones.
 * @param path without the extension, e.g. `nodes/shared/formats`
 */
export function requireShipped<T>(path: string): T {
	return requireBuilt(`./${path}`) as T;
}
