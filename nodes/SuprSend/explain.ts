import { jsonText, type Provider } from '../shared';

/** Words of a message in lower case, in their order. Others may stand between them. */
type Words = readonly string[];

/** What to do about each of SuprSend's messages: docs.suprsend.com/docs/api-request-errors. */
const remedies: ReadonlyArray<[messages: readonly Words[], remedy: string]> = [
	[
		[['workflow ', 'not found']],
		"Correct 'Workflow Slug' so that it exactly matches the slug in the workflow's settings in SuprSend, including uppercase and lowercase. The workflow must be live in the workspace that the credential's keys belong to.",
	],
	[[['workflow ', 'is disabled']], 'Open the workflow in SuprSend, commit it and turn it on.'],
	[
		[['no valid recipients']],
		"SuprSend doesn't know any of the recipients. Identify them first, or set 'Specify Recipients' to 'Using Fields Below' and enter an email address or another channel.",
	],
	[
		[['user not found'], ['user [distinct_id', 'not found']],
		'Identify the user first, or correct the distinct ID. Staging and production have separate users.',
	],
	[
		[
			['tenant', 'not found'],
			['tenant', "doesn't exist"],
			['brand', 'not found'],
			['brand', "doesn't exist"],
			['no tenant found'],
		],
		"Correct 'Tenant ID', or create the tenant in SuprSend first. Tenant IDs are case-sensitive. Staging and production have separate tenants.",
	],
	[
		[['list_id', 'not found']],
		"Correct 'List', or create the list in SuprSend first. Staging and production have separate lists.",
	],
	[
		[["object '", 'not found']],
		"Compare 'Object Type' and 'Object' with the objects in SuprSend, or create the object first. Object types and IDs are case-sensitive.",
	],
	[
		[["category '", 'not found']],
		"Compare 'Category' with the slugs under Settings > Notification Categories in SuprSend. Slugs are case-sensitive.",
	],
	[
		[['version_id', 'not found']],
		'The draft of the list no longer exists. Run the node again for this item.',
	],
	[[['e164']], 'Enter phone numbers as +, country code and number, without spaces, e.g. +15555555555.'],
	[
		[['could not find workspace'], ['workspace key inactive']],
		"Open this node's SuprSend credential and enter active keys for the right workspace. Staging and production have separate keys. Then send the failed items again.",
	],
];

/** Adds what to do to messages that don't say it. */
export const explain: NonNullable<Provider['explain']> = ({ statusCode, body }) => {
	if (statusCode < 400 || statusCode >= 500) return undefined;
	const said = jsonText(body ?? '').toLowerCase();
	const remedy = remedies.find(([messages]) => messages.some((words) => holds(said, words)))?.[1];
	return remedy === undefined ? undefined : { description: remedy };
};

function holds(text: string, words: Words): boolean {
	let at = 0;
	return words.every((word) => {
		const found = text.indexOf(word, at);
		at = found + word.length;
		return found !== -1;
	});
}
