import type { Warning } from './canonical-event';
import type { RejectCode } from './rejects';

/** The reason for which an event is not taken. */
export interface Fault {
	code: RejectCode;
	/** Where in the event; empty for the event as a whole. */
	path: string;
	/** What is known beyond the code's own message: the numbers, or what to change in this event. */
	detail?: string;
}

const mostWarnings = 20;
const moreWarnings: Warning = {
	path: '',
	code: 'more_warnings',
	message: `Only the first ${mostWarnings} warnings of the event are listed.`,
};

/** What came to light while reading one event. The first reason to reject it is the one that counts. */
export class Findings {
	fault: Fault | undefined;
	readonly warnings: Warning[] = [];

	reject(code: RejectCode, path: string, detail?: string): void {
		this.fault ??= { code, path, detail };
	}

	warn(path: string, code: string, message: string): void {
		if (this.warnings.length <= mostWarnings) this.warnings.push({ path, code, message });
	}
}

/** An event of ten thousand odd fields would otherwise be mostly warnings. */
export function capWarnings(warnings: Warning[]): Warning[] {
	return warnings.length <= mostWarnings ? warnings : [...warnings.slice(0, mostWarnings), moreWarnings];
}
