import { dependencies } from './package.json';

const versionOf = (name: keyof typeof dependencies) => `${name} ${dependencies[name]}`;

/** The judges, and what each of them compares. */
export const judges = {
	suprsend: {
		judge: "SuprSend's own SDK",
		packages: [versionOf('@suprsend/node-sdk')],
		looksAt: 'the method, URL, content type, body and signature of every request, with the same inputs',
	},
	rehook: {
		judge: "Segment's Rehook destination",
		packages: [versionOf('@segment/action-destinations'), versionOf('@segment/actions-core')],
		looksAt: 'the method, URL, authorization and body of every request, with the same events',
	},
	simon: {
		judge: "Simon Data's published OpenAPI description",
		packages: [versionOf('ajv')],
		looksAt: 'every body that our node sends or rejects, validated with a JSON Schema',
	},
	standardWebhooks: {
		judge: 'Standard Webhooks and Svix',
		packages: [versionOf('standardwebhooks'), versionOf('svix')],
		looksAt: 'which signed and modified messages each library and our trigger accept',
	},
	cloudEvents: {
		judge: "CloudEvents' own SDK",
		packages: [versionOf('cloudevents')],
		looksAt:
			'the attributes and data that the SDK and our trigger read, and the events that they reject, in all modes',
	},
};

export type JudgeName = keyof typeof judges;

/** Where our nodes differ from a judge on purpose. Each difference has a test that shows both sides. */
export interface Difference {
	judge: JudgeName;
	title: string;
	theirs: string;
	ours: string;
	why: string;
}

const suprsend = {
	stableIds: {
		title: "a record's ID",
		theirs: 'is a random `$insert_id`',
		ours: 'is an `$insert_id` derived from the message ID',
		why: 'SuprSend can then recognize a retry.',
	},
	eventTime: {
		title: "an event's time, `$time`",
		theirs: 'is the time at which the SDK sends the event',
		ours: 'is the time at which the event happened, if known',
		why: "Events can wait in a workflow, and the API reference doesn't require a time.",
	},
	nameOfTheSdk: {
		title: "the SDK's name",
		theirs: 'is sent as the property `$ss_sdk_version` and in headers',
		ours: "isn't sent",
		why: "Our node doesn't use the SDK.",
	},
	alwaysAKey: {
		title: 'the idempotency key',
		theirs: 'is sent only if you set a key',
		ours: 'is the message ID by default',
		why: 'Without a key, SuprSend counts an event twice if the event is retried after a lost response.',
	},
	aListOfOne: {
		title: 'a batch that contains a single record',
		theirs: 'is sent as a list with one record',
		ours: 'is sent without a list',
		why: 'The documentation shows requests for one event without a list.',
	},
	retries: {
		title: 'a request while the service is briefly down',
		theirs: 'fails',
		ours: 'is retried',
		why: 'A retry is safe: every record has a key, or overwrites the same values.',
	},
	halves: {
		title: 'a bulk request with one invalid record',
		theirs: 'fails with all its records',
		ours: 'is split until the invalid record is alone',
		why: 'An invalid record must not make other records fail.',
	},
	wordsOfTheService: {
		title: 'the error message for a rejected event',
		theirs: 'is `Request failed with status code 400`',
		ours: "is SuprSend's own message",
		why: "SuprSend's message explains what to correct.",
	},
	failedBulkEdit: {
		title: 'a bulk edit that fails',
		theirs: 'throws `ReferenceError: err is not defined`',
		ours: 'returns a result for every item',
		why: 'The SDK has a bug.',
	},
	redirects: {
		title: 'a redirect',
		theirs: 'is followed',
		ours: 'fails with a message about the redirect',
		why: 'A redirect would send the credential to another server, and change a POST to a GET.',
	},
	reservedPropertyNames: {
		title: 'property names starting with `$` or `ss_`',
		theirs: 'are sent',
		ours: 'are left out of events with a warning, and rejected in form fields',
		why: 'SuprSend reserves these names, but the rest of the event is useful.',
	},
	unsafeNames: {
		title: 'property names such as `constructor`',
		theirs: 'are sent',
		ours: 'are left out of events, with a warning',
		why: "Code that copies an event with these names could change an object's prototype.",
	},
	listsForProperties: {
		title: 'a list as the properties',
		theirs: 'is sent as `{"0": …}`',
		ours: 'is rejected',
		why: 'Properties must be an object.',
	},
	numbersForIds: {
		title: 'a number as the distinct ID',
		theirs: 'is rejected',
		ours: 'becomes text',
		why: 'Database IDs are often numbers.',
	},
	longIds: {
		title: 'a distinct ID with more than 255 characters',
		theirs: 'is sent',
		ours: 'is rejected',
		why: 'The documentation allows 255 characters.',
	},
	longEventNames: {
		title: 'an event name with more than 200 characters',
		theirs: 'is sent',
		ours: 'is rejected',
		why: 'Our event contract has this limit.',
	},
	blanksAroundKeys: {
		title: 'spaces around a tenant ID or an idempotency key',
		theirs: 'are sent',
		ours: 'are removed',
		why: "These spaces are always mistakes, and SuprSend doesn't find a tenant ID with spaces.",
	},
	blanksAroundRecipients: {
		title: "spaces around the ID of a workflow's recipient or actor",
		theirs: 'are sent',
		ours: 'are removed',
		why: 'The SDK also removes spaces around the IDs of users and events.',
	},
	blanksAroundChannels: {
		title: 'spaces around an email, phone number, push token, time zone or locale',
		theirs: 'are sent',
		ours: 'are removed',
		why: "The documentation doesn't show any of these values with spaces.",
	},
	largeEvents: {
		title: 'an event between 100 KB and 800 KB',
		theirs: 'is sent',
		ours: 'is rejected',
		why: 'The documentation allows 100 KB.',
	},
	bytesNotCharacters: {
		title: 'the size of a record or request',
		theirs: 'is counted in UTF-16 code units',
		ours: 'is counted in bytes',
		why: 'Limits are in bytes, and a code unit can take up to three bytes.',
	},
	commasCount: {
		title: 'the brackets and commas in a bulk request',
		theirs: "aren't counted, so a request can be larger than 800 KB",
		ours: 'are counted',
		why: 'Brackets and commas are part of the request.',
	},
	largeAttachments: {
		title: 'an attached file of 50 KB or more',
		theirs: 'is sent',
		ours: 'is rejected, with the advice to attach a URL instead',
		why: "SuprSend's API reference allows less than 50 KB.",
	},
	channelsAreLists: {
		title: 'a single value for a channel',
		theirs: 'is sent unchanged',
		ours: 'is sent as a list with one value',
		why: "SuprSend's API reference shows only lists.",
	},
	valuesOfChannels: {
		title: 'an invalid email, phone number or time zone',
		theirs: 'is sent',
		ours: 'is left out with a warning, or rejected in an edit',
		why: "SuprSend's documentation lists these values as errors, but the user's other data is useful.",
	},
	channelsAreAppended: {
		title: '`$set` with a channel',
		theirs: 'is sent',
		ours: 'is rejected',
		why: 'According to the documentation, channels are added with `$append`.',
	},
	incrementsAreNumbers: {
		title: "an increment that isn't a number",
		theirs: 'is sent',
		ours: 'is rejected',
		why: 'Only numbers can be added.',
	},
	namesLikeNumbers: {
		title: 'an edit of a property named `0`',
		theirs: 'is silently dropped',
		ours: 'is sent',
		why: 'The SDK has a bug: it treats an object with this property as empty.',
	},
	blanksAroundNames: {
		title: 'spaces around property names in edits',
		theirs: 'are removed',
		ours: 'are sent if the edit is JSON',
		why: 'In all operations, our node sends names in JSON unchanged.',
	},
	dotsForIds: {
		title: 'a user with the distinct ID `..`',
		theirs: 'changes the URL: deleting this user sends `DELETE /v1/`',
		ours: 'is rejected',
		why: 'The changed request could delete or change other data.',
	},
	pushTokens: {
		title: "push tokens of a workflow's recipient, sent as text",
		theirs: 'are rejected',
		ours: 'are sent',
		why: "The API reference shows users' push tokens as text.",
	},
	slackTokens: {
		title: "a Slack token of a workflow's recipient, if it doesn't start with `xox`",
		theirs: 'is rejected',
		ours: 'is sent',
		why: 'Slack might change the prefix of its tokens.',
	},
	manyRecipients: {
		title: 'a workflow with more than 100 recipients',
		theirs: 'is sent',
		ours: 'is rejected',
		why: 'The documentation allows 100 recipients.',
	},
	oddListIds: {
		title: 'a list ID with characters other than letters, digits, `_` and `-`',
		theirs: 'becomes part of the URL unchanged',
		ours: 'is rejected',
		why: "The documentation doesn't allow other characters, and `a?b` would change the URL.",
	},
	emptyLists: {
		title: 'adding an empty list of users',
		theirs: 'succeeds without a request',
		ours: 'is rejected',
		why: 'An expression that finds no users is usually a mistake.',
	},
	oddTenantIds: {
		title: 'a tenant ID with characters other than letters, digits, `_` and `-`',
		theirs: 'becomes part of the URL, including slashes',
		ours: 'is rejected',
		why: "The documentation doesn't allow other characters, and `a/b` would change the URL.",
	},
	twoNamesForAPage: {
		title: "a tenant's preference page",
		theirs: 'is sent under the property name that you choose',
		ours: 'is sent as `preference_page_url` and as `embedded_preference_url`',
		why: "SuprSend's API reference and SDKs use different names.",
	},
	slashAfterLists: {
		title: 'the URL for getting all lists',
		theirs: 'is `/v1/subscriber_list?limit=…`',
		ours: 'is `/v1/subscriber_list/?limit=…`',
		why: 'The API reference and all other requests from the SDK have a slash before the query.',
	},
	idsOfBroadcasts: {
		title: 'a broadcast',
		theirs: 'contains `$insert_id` and `$time`',
		ours: 'contains an `$idempotency_key`, even if you set no key',
		why: "The API reference doesn't show `$insert_id` and `$time`. With a key, you can cancel the broadcast.",
	},
} as const;

const rehook = {
	charset: {
		title: 'the content type',
		theirs: 'is `application/json`',
		ours: 'is `application/json; charset=utf-8`',
		why: 'JSON is always UTF-8, so the content types are equivalent.',
	},
	otherTypes: {
		title: 'page, screen, group and alias events',
		theirs: "aren't sent",
		ours: 'are sent as events such as `Page Viewed`',
		why: 'A Rehook campaign might use these events.',
	},
	noProperties: {
		title: 'an event without properties',
		theirs: 'is sent without `metadata`',
		ours: 'is sent with `metadata: {}`',
		why: 'Canonical events always have properties.',
	},
	noTraits: {
		title: 'an identify event without traits',
		theirs: 'is sent with `metadata: {}`',
		ours: 'is sent without `metadata`',
		why: "The documentation doesn't describe the effect of an empty object.",
	},
	referralCodeOnce: {
		title: "a customer's referral code",
		theirs: 'is sent as `referral_code` and in the metadata',
		ours: 'is sent only as `referral_code`',
		why: 'Rehook has a separate field for the referral code.',
	},
	referralCodeOfNothing: {
		title: '`null` as the referral code',
		theirs: 'is sent',
		ours: 'is left out',
		why: "Rehook's API reference allows only text.",
	},
	referralCodes: {
		title: "an object as a customer's referral code",
		theirs: 'is rejected',
		ours: 'is left out with a warning',
		why: 'The rest of the record is useful.',
	},
	referralCodeInCamelCase: {
		title: 'the property `referralCode`',
		theirs: 'is sent in the metadata',
		ours: 'is sent as `referral_code`',
		why: 'JavaScript code often uses the spelling `referralCode`.',
	},
	referralCodeOfDigits: {
		title: "a number as an event's referral code",
		theirs: 'is sent',
		ours: 'becomes text',
		why: 'A referral code is text.',
	},
	blanks: {
		title: 'spaces around names and IDs',
		theirs: 'are sent, even if a name contains only spaces',
		ours: 'are removed, and a name that contains only spaces is rejected',
		why: 'These spaces are always mistakes.',
	},
	longTexts: {
		title: 'a user ID with more than 256 characters, or an event name with more than 200',
		theirs: 'is sent',
		ours: 'is rejected',
		why: 'Our event contract has this limit.',
	},
	unsafePropertyNames: {
		title: 'property names such as `constructor`',
		theirs: 'are sent',
		ours: 'are left out of events, with a warning',
		why: "Code that copies an event with these names could change an object's prototype.",
	},
	tooManyRequests: {
		title: 'a request that gets a 429',
		theirs: 'fails, and Segment retries the event',
		ours: 'is retried',
		why: "Rehook doesn't process a request that gets a 429.",
	},
} as const;

const simon = {
	emptyClientId: {
		title: 'an empty client ID',
		theirs: 'is valid',
		ours: 'is rejected',
		why: 'Otherwise, all people without an ID would be the same client.',
	},
	inexactIntegers: {
		title: 'a time that is too large for JavaScript to represent exactly',
		theirs: 'is valid',
		ours: 'is rejected',
		why: "A value this large isn't a real time.",
	},
	levelsOfCategories: {
		title: 'a category with more than 5 levels',
		theirs: "is valid, because the limit is only in the schema's description",
		ours: 'is left out with a warning, or sent as a custom event',
		why: 'Simon Data silently drops data that breaks a rule.',
	},
	largeBodies: {
		title: 'a body larger than 100 KB',
		theirs: "is valid, because the limit isn't in the schema",
		ours: 'is rejected',
		why: 'Simon Data silently drops data that breaks a rule.',
	},
	namesOfTheirOwn: {
		title: "properties that aren't in the OpenAPI description",
		theirs: 'are valid anywhere',
		ours: 'are moved to the object for custom properties, or left out with a warning',
		why: 'The description allows custom properties only in this object.',
	},
} as const;

const standardWebhooks = {
	timestampsAsSigned: {
		title: 'a timestamp with letters after the digits, or zeros before them',
		theirs: 'is read as a number, and the signature covers only this number',
		ours: 'is rejected',
		why: 'According to the specification, the signature covers the unchanged header.',
	},
	otherTimes: {
		title: 'a signed timestamp in milliseconds or ISO 8601',
		theirs: 'is rejected as too new or too old',
		ours: 'is accepted',
		why: 'The signature covers the timestamp, so only the sender can have set it.',
	},
	shortSecrets: {
		title: 'a secret with fewer than 16 bytes after `whsec_`',
		theirs: 'is accepted',
		ours: 'is rejected',
		why: 'A short secret is easy to guess, and the specification requires 24 bytes.',
	},
	rawSecrets: {
		title: "a secret without `whsec_` that isn't Base64",
		theirs: 'throws an error, unless the code marks the secret as raw',
		ours: 'is used as the key',
		why: 'Some senders use secrets in this format.',
	},
	rotatedSecrets: {
		title: 'several secrets',
		theirs: "aren't supported",
		ours: 'are accepted, separated by commas',
		why: 'You can replace a secret without losing events.',
	},
	publicKeys: {
		title: 'a public key (`whpk_`) and its signatures (`v1a`)',
		theirs: "aren't supported",
		ours: 'are verified',
		why: 'The specification includes public keys.',
	},
	manySignatures: {
		title: 'the right signature after twenty wrong ones',
		theirs: 'is accepted',
		ours: 'is ignored',
		why: 'Each signature costs CPU time before the sender is verified.',
	},
	bytesThatAreNoText: {
		title: "a body that isn't UTF-8",
		theirs: 'is signed as decoded text, so different bodies can have the same signature',
		ours: 'is signed as bytes',
		why: 'According to the specification, the signature covers the unchanged body.',
	},
	headersOfBothKinds: {
		title: 'correctly signed `svix-*` headers with a different `webhook-id`',
		theirs: "are accepted by Svix's library",
		ours: 'are rejected',
		why: 'The `webhook-id` identifies the request, so it must be signed.',
	},
} as const;

const cloudEvents = {
	madeUpAttributes: {
		title: 'an event without an ID or a version',
		theirs: 'gets a random ID and version 1.0',
		ours: 'is rejected',
		why: 'The ID and the version are required, and a random ID hides duplicates.',
	},
	numbersForTexts: {
		title: 'a number as the ID or type',
		theirs: 'is rejected',
		ours: 'becomes text',
		why: 'Database IDs are often numbers.',
	},
	sources: {
		title: "a source that isn't a URI reference",
		theirs: 'is rejected',
		ours: 'is accepted',
		why: 'The trigger returns the source unchanged.',
	},
	futureTimes: {
		title: 'a time more than five minutes in the future',
		theirs: 'is read unchanged',
		ours: 'becomes the time of receipt, with a warning, unless Accept Future Times is on',
		why: "Events happen in the past, so the sender's clock must be wrong.",
	},
	percentEncoding: {
		title: "percent-encoding in binary mode's headers",
		theirs: "isn't supported",
		ours: 'is decoded',
		why: 'The HTTP binding requires receivers to decode headers.',
	},
	nobody: {
		title: 'an event without a subject',
		theirs: 'is valid',
		ours: 'is rejected, unless a path finds a user',
		why: 'A customer event needs a user.',
	},
} as const;

const entries = <T extends Record<string, Omit<Difference, 'judge'>>>(judge: JudgeName, named: T) =>
	Object.fromEntries(Object.entries(named).map(([name, each]) => [name, { judge, ...each }])) as {
		[K in keyof T]: Difference;
	};

export const differences = {
	...entries('suprsend', suprsend),
	...entries('rehook', rehook),
	...entries('simon', simon),
	...entries('standardWebhooks', standardWebhooks),
	...entries('cloudEvents', cloudEvents),
};

export type DifferenceName = keyof typeof differences;
