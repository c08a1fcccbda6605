import { jsonText, type Provider } from '../shared';

/** Words of a message in lower case, in their order. Others may stand between them. */
type Words = readonly string[];

/** What to do about each of SuprSend's messages: docs.suprsend.com/docs/api-request-errors. */
const remedies: ReadonlyArray<[messages: readonly Words[], remedy: string]> = [
	[
		[['workflow ', 'not found']],
		"Correct 'Workflow Slug': it must match the slug in the workflow's settings in SuprSend exactly, including upper and lower case. The workflow must be live in the workspace of the credential's keys.",
	],
	[[['workflow ', 'is disabled']], 'Open the workflow in SuprSend, commit it and turn it on.'],
	[
		[['no valid recipients']],
		"Identify the recipients first, or set 'Specify Recipients' to 'Using Fields Below' and enter an email or another channel. SuprSend knows none of them.",
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
		"Correct 'Tenant ID', or create the tenant in SuprSend first. Upper and lower case matter. Staging and production have separate tenants.",
	],
	[
		[['list_id', 'not found']],
		"Correct 'List', or create the list in SuprSend first. Staging and production have separate lists.",
	],
	[
		[["object '", 'not found']],
		"Compare 'Object Type' and 'Object' with the objects in SuprSend, or create the object first. Upper and lower case matter.",
	],
	[
		[["category '", 'not found']],
		"Compare 'Category' with the slugs under Settings > Notification Categories in SuprSend. Upper and lower case matter.",
	],
	[[['version_id', 'not found']], 'The draft of the list no longer exists. Run the item again.'],
	[[['e164']], 'Write phone numbers with +, country code and number, without spaces: +15555555555.'],
	[
		[['could not find workspace'], ['workspace key inactive']],
		'Open the SuprSend credential of this node and enter active keys of the right workspace: staging and production have separate keys. Then send the failed items again.',
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
