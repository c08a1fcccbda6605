import { isGiven, isObject, readKeyValues, text, type Fields } from '../shared';

/** Properties, and the referral code that was among them. */
interface CodeAndOthers {
	/** Undefined when there is none. An empty one means a direct sign-up. */
	referralCode: unknown;
	others: unknown;
}

/**
 * Separates the referral code from properties or traits. Rehook reads `referral_code`; JavaScript senders also
 * write `referralCode`. Returns anything but an object as it is, for the schema to reject.
 * @param stated the code from its own field, which comes first
 */
export function splitReferralCode(values: unknown, stated?: unknown): CodeAndOthers {
	if (!isObject(values)) return { referralCode: asCode(stated), others: values };
	const { referral_code: code, referralCode: alias, ...others } = values;
	return { referralCode: asCode(isGiven(stated) ? stated : (code ?? alias)), others };
}

/** Reads the fields 'Metadata' and 'Referral Code'. */
export function readMetadata(fields: Fields): CodeAndOthers {
	return splitReferralCode(readKeyValues(fields, 'metadata'), fields('referralCode'));
}

/** A number becomes text, as in all IDs, or is left for the schema to reject. Null means no code. */
function asCode(value: unknown): unknown {
	if (typeof value === 'number') return text(value) ?? value;
	return typeof value === 'string' ? value.trim() : (value ?? undefined);
}
