import { accepted, notAccepted, type Checked } from '../checked';
import { anySameDigest } from './same-secret';

/**
 * Why a request doesn't prove who sent it. Only for the log and the owner of the workflow: a stranger who tries secrets
 * must not see it.
 */
export interface RefusalReason {
	code:
		| 'not_configured'
		| 'missing_header'
		| 'timestamp_unreadable'
		| 'timestamp_too_old'
		| 'timestamp_too_new'
		| 'no_match';
	message: string;
}

/** How the sender proved who it is, for `_meta.verified`, or why the request is refused. */
export type SenderCheck = Checked<string, RefusalReason>;

export function refuse(code: RefusalReason['code'], message: string): SenderCheck {
	return notAccepted({ code, message });
}

export function missingHeader(name: string): SenderCheck {
	return refuse(
		'missing_header',
		`The header ${name} is missing, or the request contains it more than once.`,
	);
}

export function noUsableSecret(): SenderCheck {
	return refuse(
		'not_configured',
		'The credential has no usable secret. Open the credential and click Retry to see why.',
	);
}

/** Compares the signatures in a request with those that the secrets produce. */
export function checkSignatures(
	signatures: readonly string[],
	expected: readonly string[],
	verified: string,
): SenderCheck {
	return expected.length === 0
		? noUsableSecret()
		: matchResult(anySameDigest(signatures, expected), verified);
}

/** Builds the result of comparing secrets. */
export function matchResult(isMatch: boolean, verified: string): SenderCheck {
	if (isMatch) return accepted(verified);
	return refuse(
		'no_match',
		"The signature doesn't match the secret: the sender uses a different secret, or the body was changed in transit.",
	);
}
