import type { Operation } from './provider';

/** The same operation for a whole run at once: parameters are read once, and one summary comes out. */
export function many<R extends object>(
	operation: Operation<R>,
	name: 'sendMany' | 'identifyMany' | 'triggerMany',
): Operation<R> {
	return { ...operation, operation: name, reports: 'summary', fields: [] };
}
