import type { Provider } from '../shared';
import { getContact } from './endpoints';

/** Explains errors whose own text doesn't say what to do. */
export const explain: NonNullable<Provider['explain']> = ({ statusCode, body }, path) => {
	// The Audience API's errors have no text.
	if (path === getContact.path && statusCode === 400 && body === undefined) {
		return {
			description:
				"Simon Data often answers like this when it doesn't know the contact. Check 'Find By' and 'Value', and that each of the 'Fields' exists in your account.",
		};
	}
	if (path === getContact.path && statusCode === 403) {
		return {
			description:
				"Check the 'Audience API Token' of the Simon Data credential, and that your account includes the Audience API.",
		};
	}
	if (statusCode === 403) {
		return {
			description:
				"Check 'Environment', 'Partner ID' and 'Partner Secret' of the Simon Data credential. Simon Data doesn't know this partner, or its domain, in this environment.",
		};
	}
	if (statusCode === 412) {
		return {
			description:
				"Correct the item as the message says, then send it again. Simon Data reports this because 'Debug' or 'Verify First' is on. Otherwise it would drop the item silently.",
		};
	}
	return undefined;
};
