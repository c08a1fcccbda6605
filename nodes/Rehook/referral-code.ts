import { isGiven, isObject, text } from '../shared/event';

/** A set of properties, and the referral code that was among them. */
interface CodeAndOthers {
	/** Undefined where there is none; an empty one is a direct sign-up. */
	referralCode: unknown;
	others: unknown;
}

/**
 * Takes the referral code out of properties or traits. Rehook reads `referral_code`; senders of JavaScript
 * also write `referralCode`. What is no object is left for a schema to refuse.
 * @param stated the code that a field of its own gives, which goes first
 */
export function splitReferralCode(values: unknown, stated?: unknown): CodeAndOthers {
	if (!isObject(values)) return { referralCode: asCode(stated), others: values };
	const { referral_code: code, referralCode: alias, ...others } = values;
	return { referralCode: asCode(isGiven(stated) ? stated : (code ?? alias)), others };
}

/** A number becomes text, as in all ids, or is left for a schema to refuse; null is no code. */
function asCode(value: unknown): unknown {
	if (typeof value === 'number') return text(value) ?? value;
	return typeof value === 'string' ? value.trim() : (value ?? undefined);
}
