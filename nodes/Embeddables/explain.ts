import { jsonText, type Provider } from '../shared';

/** The causes as in "Troubleshooting" of https://docs.embeddables.com/how-to/send-data-to-embeddables. */
const entryNotFound = {
	message: 'Embeddables found no entry with this identifier in this embeddable (404 ENTRY_NOT_FOUND)',
	description: [
		"'Embeddable' must be the one that this user has filled in",
		"'Identifier Key' must be the key in the User Data that the input component writes to, such as email or user_email",
		"'Identifier Value' (with Map Automatically, what 'Identifier Value From' finds) must be what this user has entered there",
		'the identifier must not be escaped by hand: this node turns it into a JSON string itself',
	].join(' · '),
};

/** The code ENTRY_NOT_FOUND is documented, but not the rest of the response. */
export const explain: NonNullable<Provider['explain']> = ({ statusCode, body }) => {
	if (statusCode === 403) {
		return {
			description:
				'Ask the Embeddables team to allow this for your API key. Keys are restricted: one that can send events may not be allowed to read entries.',
		};
	}
	if (statusCode !== 404) return undefined;
	if (jsonText(body ?? '').includes('ENTRY_NOT_FOUND')) return entryNotFound;
	return {
		description: "Check the 'Project ID' and the 'Base URL' of the Embeddables credential.",
	};
};
