import { jsonText, type Provider } from '../shared';

/** The causes as in "Troubleshooting" of https://docs.embeddables.com/how-to/send-data-to-embeddables. */
const entryNotFound = {
	message: 'Embeddables found no entry with this identifier in this embeddable (404 ENTRY_NOT_FOUND)',
	description: [
		"'Embeddable' must be the embeddable that this user filled in",
		"'Identifier Key' must be the User Data key that the input component writes to, such as email or user_email",
		"'Identifier Value' (with Map Automatically, the value from 'Identifier Value From') must be what this user entered in that component",
		'The identifier must not be escaped manually, because the node converts the identifier to a JSON string',
	].join(' · '),
};

/** The code ENTRY_NOT_FOUND is documented, but not the rest of the response. */
export const explain: NonNullable<Provider['explain']> = ({ statusCode, body }) => {
	if (statusCode === 403) {
		return {
			description:
				'Ask the Embeddables team to give your API key permission for this operation. A key that can send events might not have permission to read entries.',
		};
	}
	if (statusCode !== 404) return undefined;
	if (jsonText(body ?? '').includes('ENTRY_NOT_FOUND')) return entryNotFound;
	return {
		description: "Check the 'Project ID' and the 'Base URL' in the Embeddables credential.",
	};
};
