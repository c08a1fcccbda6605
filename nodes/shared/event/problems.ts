import type { Warning } from './canonical-event';
import type { RejectCode, RejectReason } from './rejects';

const mostWarnings = 20;
const moreWarnings: Warning = {
	path: '',
	code: 'more_warnings',
	message: `Only the first ${mostWarnings} warnings of the event are listed.`,
};

/** Collects what is wrong with one event while it is read: its warnings, and the first reason to reject it. */
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

/** Shortens a long list of warnings, so that an event with thousands of odd fields isn't mostly warnings. */
export function capWarnings(warnings: Warning[]): Warning[] {
	return warnings.length <= mostWarnings ? warnings : [...warnings.slice(0, mostWarnings), moreWarnings];
}
