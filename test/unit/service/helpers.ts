import { nameFormats } from '../../../nodes/shared/event';
import type { MappingContext } from '../../../nodes/shared/service/definition';

/** What a mapping knows besides the event or the form. */
export const contextWith = (more: Partial<MappingContext> = {}): MappingContext => ({
	messageId: 'm-1',
	nameFormat: nameFormats.kebabCase,
	account: { project: 'p1' },
	timeZone: 'utc',
	settings: () => undefined,
	options: {},
	file: () => {
		throw new Error('There are no files');
	},
	warn: () => {},
	...more,
});
