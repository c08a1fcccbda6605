import type { Provider } from '../shared';

/** What to do about each of SuprSend's messages: docs.suprsend.com/docs/api-request-errors. */
const remedies: ReadonlyArray<[RegExp, string]> = [
	[
		/workflow .*not found/i,
		"Compare 'Workflow Slug' with the slug in the workflow's settings in SuprSend: upper and lower case count. The workflow must be live in the workspace that the credential's keys are for.",
	],
	[/workflow .*is disabled/i, 'Open the workflow in SuprSend, commit it and switch it on.'],
	[
		/no valid recipients/i,
		'SuprSend knows none of the recipients. Identify them first, or give each an email or another channel along with the distinct ID.',
	],
	[
		/user not found|user \[distinct_id.*not found/i,
		'SuprSend knows no such user. Check the distinct ID, or identify the user first. Staging and production have users of their own.',
	],
	[
		/(tenant|brand).*(not found|doesn't exist)|no tenant found/i,
		"Compare 'Tenant ID' with the tenants in SuprSend: upper and lower case count. Staging and production have tenants of their own.",
	],
	[
		/list_id.*not found/i,
		"Compare 'List' with the lists in SuprSend, or make the list there first. Staging and production have lists of their own.",
	],
	[/e164/i, 'Write phone numbers with +, country code and number, without blanks: +15555555555.'],
	[
		/could not find workspace|workspace key inactive/i,
		'Open the SuprSend credential of this node and enter active keys of the right workspace: staging and production have keys of their own. Then send the failed items again.',
	],
];

/** Adds what to do to messages that don't say it. */
export const explain: NonNullable<Provider['explain']> = ({ statusCode, body }) => {
	const said = JSON.stringify(body ?? '');
	if (statusCode < 400 || statusCode >= 500) return undefined;
	const remedy = remedies.find(([words]) => words.test(said))?.[1];
	return remedy === undefined ? undefined : { description: remedy };
};
