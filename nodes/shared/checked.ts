/** The result of a check: the value it accepts, or why it accepts none. */
export type Checked<Value, Reason> = { ok: true; value: Value } | { ok: false; reason: Reason };

export function accepted<Value>(value: Value): { ok: true; value: Value } {
	return { ok: true, value };
}

export function notAccepted<Reason>(reason: Reason): { ok: false; reason: Reason } {
	return { ok: false, reason };
}
