import type { Warning } from './canonical-event';
import type { RejectCode, RejectReason } from './rejects';

const mostWarnings = 20;
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

/** Cuts a long list of warnings, so that an event with thousands of unknown fields doesn't get as many warnings. */
export function capWarnings(warnings: Warning[]): Warning[] {
	return warnings.length <= mostWarnings ? warnings : [...warnings.slice(0, mostWarnings), moreWarnings];
}
