import { isBlank, isObject, readKeyValues, type Fields } from '../shared';

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
	const own = isBlank(stated) ? undefined : stated;
	if (!isObject(values)) return { referralCode: own, others: values };
	const { referral_code: code, referralCode: alias, ...others } = values;
	return { referralCode: own ?? code ?? alias ?? undefined, others };
}

/** Reads the fields 'Metadata' and 'Referral Code'. */
export function readMetadata(fields: Fields): CodeAndOthers {
	return splitReferralCode(readKeyValues(fields, 'metadata'), fields('referralCode'));
}
