import { anySameDigest } from './same-secret';

export type RefusalCode =
	| 'not_configured'
	| 'missing_header'
	| 'timestamp_unreadable'
	| 'timestamp_too_old'
	| 'timestamp_too_new'
	| 'no_match';

/** Why a request was not believed: for the owner of the workflow, never for the sender, who may be probing. */
export interface RefusedSender {
	ok: false;
	code: RefusalCode;
	message: string;
}

export interface VerifiedSender {
	ok: true;
	/** What the events say of it, in `_meta.verified`. */
	verified: string;
}

export type Verdict = VerifiedSender | RefusedSender;

export function refused(code: RefusalCode, message: string): RefusedSender {
	return { ok: false, code, message };
}

export function missingHeader(name: string): RefusedSender {
	return refused('missing_header', `The request has no header ${name}, or has it more than once.`);
}

export function noUsableSecret(): RefusedSender {
	return refused('not_configured', 'The credential holds no usable secret. Open it and press Test.');
}

/** Compares the signatures of a request with what the secrets make of it. */
export function judge(signatures: readonly string[], digests: readonly string[], verified: string): Verdict {
	return digests.length === 0 ? noUsableSecret() : verdict(anySameDigest(signatures, digests), verified);
}

export function verdict(fits: boolean, verified: string): Verdict {
	if (fits) return { ok: true, verified };
	return refused(
		'no_match',
		'The request does not fit the secret: the sender has another one, or something changed the body on the way.',
	);
}
