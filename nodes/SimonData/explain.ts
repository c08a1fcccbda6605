import type { Provider } from '../shared';
import { getContact } from './endpoints';

/** Explains errors whose own text doesn't say what to do. */
export const explain: NonNullable<Provider['explain']> = ({ statusCode, body }, path) => {
	// The Audience API's errors have no text.
	if (path === getContact.path && statusCode === 400 && body === undefined) {
		return {
			description:
				"Simon Data often responds this way when it can't find the contact. Check 'Find By' and 'Value', and make sure that each of the 'Fields' exists in your account.",
		};
	}
	if (path === getContact.path && statusCode === 403) {
		return {
			description:
				"Check the 'Audience API Token' in the Simon Data credential, and make sure that your account includes the Audience API.",
		};
	}
	if (statusCode === 403) {
		return {
			description:
				"Simon Data doesn't know this partner, or the partner's domain, in this environment. Check 'Environment', 'Partner ID' and 'Partner Secret' in the Simon Data credential.",
		};
	}
	if (statusCode === 412) {
		return {
			description:
				"Correct the item as the message says, then send the item again. Simon Data reports this error because 'Debug' or 'Verify First' is on. Otherwise, Simon Data would silently drop the item.",
		};
	}
	return undefined;
};
