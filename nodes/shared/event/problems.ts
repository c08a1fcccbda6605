import type { Warning } from './canonical-event';
import type { RejectCode, RejectReason } from './rejects';
import { shorten } from './values';

const mostWarnings = 20;
const longestName = 200;
const longestMessage = 2_000;
const moreWarnings: Warning = {
	path: '',
	code: 'more_warnings',
	message: `Only the first ${mostWarnings} warnings of the event are listed.`,
};

/** Collects the warnings about one event and the first reason to reject it. */
export class Problems {
	rejectReason: RejectReason | undefined;
	readonly warnings: Warning[] = [];

	reject(code: RejectCode, path: string, detail?: string): void {
		this.rejectReason ??= { code, path, detail };
	}

	warn(path: string, code: string, message: string): void {
		if (this.warnings.length <= mostWarnings) this.warnings.push({ path, code, message });
	}
}

/** Limits the number of warnings and their size. They can come from a sender, and so can the names that they list. */
export function capWarnings(warnings: readonly Warning[]): Warning[] {
	const listed = warnings.slice(0, mostWarnings).map(({ path, code, message }) => ({
		path: shorten(path, longestName),
		code: shorten(code, longestName),
		message: shorten(message, longestMessage),
	}));
	return warnings.length <= mostWarnings ? listed : [...listed, moreWarnings];
}
