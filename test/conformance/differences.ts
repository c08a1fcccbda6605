import { dependencies } from './package.json';

const versionOf = (name: keyof typeof dependencies) => `${name} ${dependencies[name]}`;

/** The judges, and what each of them compares. */
export const judges = {
	suprsend: {
		judge: "SuprSend's own SDK",
		packages: [versionOf('@suprsend/node-sdk')],
		looksAt: 'with the same inputs: method, address, content type, body and signature of every request',
	},
	rehook: {
		judge: "Segment's Rehook destination",
		packages: [versionOf('@segment/action-destinations'), versionOf('@segment/actions-core')],
		looksAt: 'with the same events: method, address, authorization and body',
	},
	simon: {
		judge: "Simon Data's published OpenAPI description",
		packages: [versionOf('ajv')],
		looksAt: 'every body that our node sends or refuses, checked with a JSON Schema',
	},
	standardWebhooks: {
		judge: 'Standard Webhooks and Svix',
		packages: [versionOf('standardwebhooks'), versionOf('svix')],
		looksAt: 'which signed and modified messages they and our trigger accept',
	},
	cloudEvents: {
		judge: "CloudEvents' own SDK",
		packages: [versionOf('cloudevents')],
		looksAt: 'in all modes: the attributes and data that both read, and what both refuse',
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
		title: 'IDs of records',
		theirs: 'a random `$insert_id` each time',
		ours: 'one derived from the message ID',
		why: 'SuprSend can recognize a retry.',
	},
	eventTime: {
		title: 'time of an event',
		theirs: '`$time` is when it was sent',
		ours: '`$time` is when it happened, if known',
		why: "Events may wait in a workflow. The REST reference doesn't require a time.",
	},
	nameOfTheSdk: {
		title: 'name of the SDK',
		theirs: '`$ss_sdk_version` among the properties, and headers that name the SDK',
		ours: 'neither',
		why: "Our node isn't that SDK.",
	},
	alwaysAKey: {
		title: 'idempotency key',
		theirs: 'only if you set one',
		ours: 'the message ID by default',
		why: 'Without a key, a retry after a lost response counts twice.',
	},
	aListOfOne: {
		title: 'the last record of a bulk request',
		theirs: 'a list of one',
		ours: 'the record itself',
		why: 'The documentation shows this form for one event.',
	},
	retries: {
		title: 'a service that is briefly down',
		theirs: 'fails',
		ours: 'is retried',
		why: 'Every record has a key, or overwrites the same values.',
	},
	halves: {
		title: 'a bulk request with one bad record',
		theirs: 'all its records fail',
		ours: 'is split until the bad record is alone',
		why: 'A bad record never fails its batch.',
	},
	wordsOfTheService: {
		title: 'why an event was refused',
		theirs: '`Request failed with status code 400`',
		ours: "SuprSend's own message",
		why: 'It says what to correct.',
	},
	failedBulkEdit: {
		title: 'a bulk edit that fails',
		theirs: 'throws `ReferenceError: err is not defined`',
		ours: 'a result for every item',
		why: 'A bug in the SDK.',
	},
	redirects: {
		title: 'a redirect',
		theirs: 'is followed',
		ours: 'fails with a message that says so',
		why: 'A redirect would send the credential elsewhere, and turn a POST into a GET.',
	},
	reservedPropertyNames: {
		title: 'property names starting with `$` or `ss_`',
		theirs: 'are sent',
		ours: 'are left out of events with a warning, and refused in form fields',
		why: 'The documentation reserves them, but the rest of the event is useful.',
	},
	unsafeNames: {
		title: 'property names such as `constructor`',
		theirs: 'are sent',
		ours: 'are left out of events, with a warning',
		why: 'Code that copies such an event could change its prototype.',
	},
	listsForProperties: {
		title: 'a list of properties',
		theirs: 'is sent as `{"0": …}`',
		ours: 'is refused',
		why: 'Properties must be an object.',
	},
	numbersForIds: {
		title: 'a number for a distinct ID',
		theirs: 'is refused',
		ours: 'becomes text',
		why: 'Database IDs are often numbers.',
	},
	longIds: {
		title: 'a distinct ID of more than 255 characters',
		theirs: 'is sent',
		ours: 'is refused',
		why: 'The documentation allows 255.',
	},
	longEventNames: {
		title: 'an event name of more than 200 characters',
		theirs: 'is sent',
		ours: 'is refused',
		why: 'Our event contract has this limit.',
	},
	blanksAroundKeys: {
		title: 'spaces around a tenant ID or an idempotency key',
		theirs: 'are sent',
		ours: 'are removed',
		why: 'They are never intended, and no tenant is found with them.',
	},
	blanksAroundRecipients: {
		title: "spaces around the ID of a workflow's recipient or actor",
		theirs: 'are sent',
		ours: 'are removed',
		why: 'The SDK also removes them from the IDs of users and events.',
	},
	blanksAroundChannels: {
		title: 'spaces around an email, phone number, push token, time zone or locale',
		theirs: 'are sent',
		ours: 'are removed',
		why: 'The documentation has no values with spaces.',
	},
	largeEvents: {
		title: 'an event of 100 KB to 800 KB',
		theirs: 'is sent',
		ours: 'is refused',
		why: 'The documentation allows 100 KB.',
	},
	bytesNotCharacters: {
		title: 'sizes',
		theirs: 'are counted in UTF-16 units',
		ours: 'are counted in bytes',
		why: 'Limits are in bytes, and a unit can have up to three.',
	},
	commasCount: {
		title: 'brackets and commas of a bulk request',
		theirs: 'are not counted: a request can be larger than 800 KB',
		ours: 'are counted',
		why: 'They are part of the request.',
	},
	largeAttachments: {
		title: 'an attached file of 50 KB or more',
		theirs: 'is sent',
		ours: 'is refused, with the advice to attach its URL',
		why: 'The reference allows less than 50 KB.',
	},
	channelsAreLists: {
		title: 'one value of a channel, without a list',
		theirs: 'is sent as it is',
		ours: 'is sent as a list of one',
		why: 'The reference only has lists.',
	},
	valuesOfChannels: {
		title: 'an invalid email, phone number or time zone',
		theirs: 'is sent',
		ours: 'is left out with a warning; refused in an edit',
		why: 'The documentation lists them as errors, but the rest of the user is useful.',
	},
	channelsAreAppended: {
		title: '`$set` with a channel',
		theirs: 'is sent',
		ours: 'is refused',
		why: 'The documentation adds channels with `$append`.',
	},
	incrementsAreNumbers: {
		title: 'an increment by something other than a number',
		theirs: 'is sent',
		ours: 'is refused',
		why: 'Only numbers can be added.',
	},
	namesLikeNumbers: {
		title: 'an edit of a property named `0`',
		theirs: 'is silently dropped',
		ours: 'is sent',
		why: 'A bug in the SDK, which treats such an object as empty.',
	},
	blanksAroundNames: {
		title: 'spaces around the names of properties in edits',
		theirs: 'are removed',
		ours: 'are sent if the edit is JSON',
		why: 'As in all operations, names in JSON are sent unchanged.',
	},
	dotsForIds: {
		title: 'a user with the distinct ID `..`',
		theirs: 'requests another address: deleting `..` is `DELETE /v1/`',
		ours: 'is refused',
		why: 'The request could do harm.',
	},
	pushTokens: {
		title: "push tokens of a workflow's recipient as text",
		theirs: 'are refused',
		ours: 'are sent',
		why: 'The REST reference has push tokens of users in this form.',
	},
	slackTokens: {
		title: "a Slack token of a workflow's recipient that does not start with `xox`",
		theirs: 'is refused',
		ours: 'is sent',
		why: 'Slack may change how its tokens start.',
	},
	manyRecipients: {
		title: 'a workflow for more than 100 recipients',
		theirs: 'is sent',
		ours: 'is refused',
		why: 'The documentation allows 100.',
	},
	oddListIds: {
		title: 'a list ID with characters other than letters, digits, `_` and `-`',
		theirs: 'becomes part of the address unchanged',
		ours: 'is refused',
		why: 'The documentation allows no others, and `a?b` is another address.',
	},
	emptyLists: {
		title: 'adding no users to a list',
		theirs: 'succeeds without a request',
		ours: 'is refused',
		why: 'An expression that finds no users is a mistake you want to see.',
	},
	oddTenantIds: {
		title: 'a tenant ID with characters other than letters, digits, `_` and `-`',
		theirs: 'becomes part of the address, including slashes',
		ours: 'is refused',
		why: 'The documentation allows no others, and `a/b` is another address.',
	},
	twoNamesForAPage: {
		title: "a tenant's preference page",
		theirs: 'has the name you give it',
		ours: 'is sent as `preference_page_url` and as `embedded_preference_url`',
		why: 'The reference and the SDKs use different names.',
	},
	slashAfterLists: {
		title: 'address of all lists',
		theirs: '`/v1/subscriber_list?limit=…`',
		ours: '`/v1/subscriber_list/?limit=…`',
		why: 'The reference and all other requests of the SDK have the slash.',
	},
	idsOfBroadcasts: {
		title: 'IDs and times of broadcasts',
		theirs: 'adds `$insert_id` and `$time`',
		ours: 'adds an `$idempotency_key` if you set none',
		why: 'The reference has neither. With a key, you can cancel the broadcast.',
	},
} as const;

const rehook = {
	charset: {
		title: 'content type',
		theirs: '`application/json`',
		ours: '`application/json; charset=utf-8`',
		why: 'JSON is UTF-8 either way.',
	},
	otherTypes: {
		title: 'pages, screens, groups and aliases',
		theirs: 'are not sent',
		ours: 'are sent as events such as `Page Viewed`',
		why: 'A campaign may use them.',
	},
	noProperties: {
		title: 'an event without properties',
		theirs: 'no `metadata`',
		ours: '`metadata: {}`',
		why: 'Our events always have properties.',
	},
	noTraits: {
		title: 'an identify without traits',
		theirs: '`metadata: {}`',
		ours: 'no `metadata`',
		why: "The documentation doesn't say what an empty object does.",
	},
	referralCodeOnce: {
		title: "a customer's referral code",
		theirs: 'is sent twice: as `referral_code` and in the metadata',
		ours: 'is sent as `referral_code`',
		why: "It isn't a property.",
	},
	referralCodeOfNothing: {
		title: 'null for a referral code',
		theirs: 'is sent',
		ours: 'is left out',
		why: 'The reference only allows text.',
	},
	referralCodes: {
		title: 'a referral code that is not text',
		theirs: 'is refused',
		ours: 'is left out with a warning',
		why: 'The rest of the record is useful.',
	},
	referralCodeInCamelCase: {
		title: '`referralCode`',
		theirs: 'is a property like any other',
		ours: 'is `referral_code`',
		why: 'JavaScript code uses this spelling.',
	},
	referralCodeOfDigits: {
		title: 'a number for the referral code of an event',
		theirs: 'is sent',
		ours: 'becomes text',
		why: 'A code is text.',
	},
	blanks: {
		title: 'spaces around names and IDs',
		theirs: 'are sent, and so is a name of only spaces',
		ours: 'are removed, and a name of only spaces is refused',
		why: 'They are never intended.',
	},
	longTexts: {
		title: 'a user ID of more than 256 characters, a name of more than 200',
		theirs: 'is sent',
		ours: 'is refused',
		why: 'Our event contract has this limit.',
	},
	unsafePropertyNames: {
		title: 'property names such as `constructor`',
		theirs: 'are sent',
		ours: 'are left out of events, with a warning',
		why: 'Code that copies such an event could change its prototype.',
	},
	tooManyRequests: {
		title: 'too many requests',
		theirs: 'fails, and Segment tries again',
		ours: 'is retried',
		why: "A request refused with 429 wasn't carried out.",
	},
} as const;

const simon = {
	emptyClientId: {
		title: 'an empty client ID',
		theirs: 'is valid',
		ours: 'is refused',
		why: 'Everyone without an ID would be the same client.',
	},
	inexactIntegers: {
		title: 'a time too large for an exact number',
		theirs: 'is valid',
		ours: 'is refused',
		why: "It isn't a real time.",
	},
	levelsOfCategories: {
		title: 'a category of more than 5 levels',
		theirs: 'is valid; the limit is in a description',
		ours: 'is left out with a warning, or sent as a custom event',
		why: 'Simon Data silently drops data that breaks a rule.',
	},
	largeBodies: {
		title: 'a body of more than 100 KB',
		theirs: 'is valid; the limit is in the text',
		ours: 'is refused',
		why: 'Simon Data silently drops data that breaks a rule.',
	},
	namesOfTheirOwn: {
		title: "properties that aren't in the description",
		theirs: 'are valid anywhere',
		ours: 'go to the object for custom properties, or are left out with a warning',
		why: 'The description only covers custom properties there.',
	},
} as const;

const standardWebhooks = {
	timestampsAsSigned: {
		title: 'a time with letters after its digits, or zeros before them',
		theirs: 'is read as the number at its start, and the signature covers that number',
		ours: 'is refused',
		why: 'The specification signs the header as it is.',
	},
	otherTimes: {
		title: 'a time in milliseconds or ISO 8601, signed as it is',
		theirs: 'is too new, or too old',
		ours: 'is accepted',
		why: 'The signature covers the time, so only the sender can have set it.',
	},
	shortSecrets: {
		title: 'a secret of `whsec_` and fewer than 16 bytes',
		theirs: 'is accepted',
		ours: 'is refused',
		why: 'It can be guessed; the specification requires 24 bytes.',
	},
	rawSecrets: {
		title: "a secret without `whsec_` that isn't Base64",
		theirs: 'throws, unless the code marks it as raw',
		ours: 'is the key itself',
		why: 'Some senders use such keys.',
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
		why: 'The specification has them.',
	},
	manySignatures: {
		title: 'the right signature after twenty others',
		theirs: 'is accepted',
		ours: 'is ignored',
		why: 'Each signature costs CPU time before the sender is verified.',
	},
	bytesThatAreNoText: {
		title: 'a body that is not UTF-8',
		theirs: 'is signed as decoded text, so different bodies can have the same signature',
		ours: 'is signed as bytes',
		why: 'The specification signs the body as it is.',
	},
	headersOfBothKinds: {
		title: 'correctly signed `svix-*` headers with a different `webhook-id`',
		theirs: "are accepted by Svix's library",
		ours: 'are refused',
		why: 'The `webhook-id` identifies the request, so it must be signed.',
	},
} as const;

const cloudEvents = {
	madeUpAttributes: {
		title: 'an event without an ID or a version',
		theirs: 'gets a random ID and version 1.0',
		ours: 'is refused',
		why: 'Both are required, and a random ID hides duplicates.',
	},
	numbersForTexts: {
		title: 'a number for an ID or a type',
		theirs: 'is refused',
		ours: 'becomes text',
		why: 'Database IDs are often numbers.',
	},
	sources: {
		title: "a source that isn't a URI reference",
		theirs: 'is refused',
		ours: 'is accepted',
		why: 'The trigger only passes it on.',
	},
	futureTimes: {
		title: 'a time more than five minutes ahead',
		theirs: 'is read unchanged',
		ours: 'becomes the time of receipt, with a warning, unless Accept Future Times is on',
		why: "The sender's clock is wrong: events are in the past.",
	},
	percentEncoding: {
		title: 'percent-encoding in the headers of binary mode',
		theirs: "isn't supported",
		ours: 'is decoded',
		why: 'The HTTP binding requires it.',
	},
	nobody: {
		title: 'an event without a subject',
		theirs: 'is valid',
		ours: 'is refused, unless a path finds its user',
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
