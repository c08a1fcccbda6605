import { dependencies } from './package.json';

const versionOf = (name: keyof typeof dependencies) => `${name} ${dependencies[name]}`;

/** The judges, and what each of them compares. */
export const judges = {
	suprsend: {
		judge: "SuprSend's own SDK",
		packages: [versionOf('@suprsend/node-sdk')],
		looksAt:
			'the same inputs to both, in front of one server: method, address, content type and body of every request, and the signature over its bytes',
	},
	rehook: {
		judge: "Segment's Rehook destination",
		packages: [versionOf('@segment/action-destinations'), versionOf('@segment/actions-core')],
		looksAt: 'the same events to both, in front of one server: method, address, authorization and body',
	},
	simon: {
		judge: "Simon Data's published OpenAPI description",
		packages: [versionOf('ajv')],
		looksAt:
			'every body that our node sends, and what it refuses to send, by a JSON Schema of the description',
	},
	standardWebhooks: {
		judge: 'Standard Webhooks and Svix',
		packages: [versionOf('standardwebhooks'), versionOf('svix')],
		looksAt:
			'what their libraries sign, and the same changed on the way: whether they and our trigger believe it, with `webhook-*` and `svix-*` headers',
	},
	cloudEvents: {
		judge: "CloudEvents' own SDK",
		packages: [versionOf('cloudevents')],
		looksAt:
			'what the SDK sends, in binary, structured and batched mode: the attributes and the data that it and our trigger read; and what it refuses as invalid',
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
		title: 'ids of records',
		theirs: 'a random `$insert_id` each time',
		ours: 'one that follows from the message ID',
		why: 'What is sent again can be recognised.',
	},
	eventTime: {
		title: 'time of an event',
		theirs: '`$time` is when it was sent',
		ours: '`$time` is when it happened, and is left out where nobody says so',
		why: 'Events may wait in a workflow. The REST reference does not ask for a time.',
	},
	nameOfTheSdk: {
		title: 'name of the SDK',
		theirs: '`$ss_sdk_version` among the properties, and headers that name the SDK',
		ours: 'neither',
		why: 'It is not that SDK.',
	},
	alwaysAKey: {
		title: 'idempotency key',
		theirs: 'only where one is given',
		ours: 'the message ID where none is given',
		why: 'Without a key, sending again after a lost answer would count twice.',
	},
	aListOfOne: {
		title: 'one record left of a bulk',
		theirs: 'a list of one',
		ours: 'the record itself',
		why: 'With an API key, the documentation shows no other form for one event.',
	},
	retries: {
		title: 'a service that is down for a moment',
		theirs: 'fails',
		ours: 'is asked again',
		why: 'Every record carries a key, or overwrites what is there.',
	},
	halves: {
		title: 'a bulk that is refused for one record',
		theirs: 'all its records fail',
		ours: 'is halved until the bad record stands alone',
		why: 'A bad record never takes its batch down.',
	},
	wordsOfTheService: {
		title: 'why an event was refused',
		theirs: '`Request failed with status code 400`',
		ours: "SuprSend's own words",
		why: 'They say what to correct.',
	},
	failedBulkEdit: {
		title: 'a bulk of edits that fails',
		theirs: 'throws `ReferenceError: err is not defined`',
		ours: 'a result for every item',
		why: 'An error in the SDK.',
	},
	redirects: {
		title: 'a redirect',
		theirs: 'is followed',
		ours: 'is a failure that says so',
		why: 'It would carry the credential to another address, and turn a POST into a GET.',
	},
	reservedPropertyNames: {
		title: 'property names starting with `$` or `ss_`',
		theirs: 'are sent',
		ours: 'are left out of events, with a warning; refused in fields that somebody filled in',
		why: 'The documentation reserves them, and an event is worth more than what an SDK adds to it.',
	},
	unsafeNames: {
		title: 'property names such as `constructor`',
		theirs: 'are sent',
		ours: 'are left out of events, with a warning',
		why: 'Whoever copies such an event key by key would change its prototype.',
	},
	listsForProperties: {
		title: 'a list where properties belong',
		theirs: 'is sent as `{"0": …}`',
		ours: 'is refused',
		why: 'Properties are an object.',
	},
	numbersForIds: {
		title: 'a number for a distinct ID',
		theirs: 'is refused',
		ours: 'becomes text',
		why: 'IDs of databases are numbers, and mean the same.',
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
		why: 'It is no event of our contract.',
	},
	blanksAroundKeys: {
		title: 'blanks around a tenant ID or an idempotency key',
		theirs: 'are sent',
		ours: 'are taken off',
		why: 'Nobody means them, and no tenant is found with them.',
	},
	blanksAroundRecipients: {
		title: "blanks around the ID of a workflow's recipient or actor",
		theirs: 'are sent',
		ours: 'are taken off',
		why: 'The SDK itself takes them off the IDs of users and of events.',
	},
	blanksAroundChannels: {
		title: 'blanks around an email, phone number, push token, time zone or locale',
		theirs: 'are sent',
		ours: 'are taken off',
		why: 'The documentation knows none of these with blanks.',
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
		ours: 'are counted in bytes, as they travel',
		why: 'Limits are in bytes; other scripts take up to three for one unit.',
	},
	commasCount: {
		title: 'brackets and commas of a bulk',
		theirs: 'are not counted: a request can be larger than 800 KB',
		ours: 'are counted',
		why: 'They travel, too.',
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
		why: 'The reference knows lists only.',
	},
	valuesOfChannels: {
		title: 'an invalid email, phone number or time zone',
		theirs: 'is sent',
		ours: 'is left out with a warning; refused in an edit',
		why: 'The documentation lists them as errors, and the rest of the user is worth sending.',
	},
	channelsAreAppended: {
		title: '`$set` with a channel',
		theirs: 'is sent',
		ours: 'is refused',
		why: 'Channels are added with `$append`.',
	},
	incrementsAreNumbers: {
		title: 'an increment by something other than a number',
		theirs: 'is sent',
		ours: 'is refused',
		why: 'It cannot be added.',
	},
	namesLikeNumbers: {
		title: 'an edit of a property named `0`',
		theirs: 'is dropped without a word',
		ours: 'is sent',
		why: 'An error in the SDK, which takes such an object for an empty one.',
	},
	blanksAroundNames: {
		title: 'blanks around the names of properties in edits',
		theirs: 'are taken off',
		ours: 'are sent, where the edit is given as JSON',
		why: 'Names in JSON go out as they were given, as in all other operations.',
	},
	dotsForIds: {
		title: 'a user with the distinct ID `..`',
		theirs: 'asks for another address: deleting `..` is `DELETE /v1/`',
		ours: 'is refused',
		why: 'It could do harm.',
	},
	pushTokens: {
		title: "push tokens of a workflow's recipient as bare text",
		theirs: 'are refused',
		ours: 'are sent',
		why: 'The REST reference writes the push tokens of users so.',
	},
	slackTokens: {
		title: "a Slack token of a workflow's recipient that does not start with `xox`",
		theirs: 'is refused',
		ours: 'is sent',
		why: 'How tokens start is for Slack to say.',
	},
	manyRecipients: {
		title: 'a workflow for more than 100 recipients',
		theirs: 'is sent',
		ours: 'is refused',
		why: 'The documentation allows 100.',
	},
	oddListIds: {
		title: 'a list ID with other than letters, digits, `_` and `-`',
		theirs: 'is put into the address as it is',
		ours: 'is refused',
		why: 'The documentation allows no others, and `a?b` would lead elsewhere.',
	},
	emptyLists: {
		title: 'nobody to add to a list',
		theirs: 'is a success, and nothing is sent',
		ours: 'is refused',
		why: 'An expression that finds nobody is a mistake that should show.',
	},
	oddTenantIds: {
		title: 'a tenant ID with other than letters, digits, `_` and `-`',
		theirs: 'is put into the address, slashes as they are',
		ours: 'is refused',
		why: 'The documentation allows no others, and `a/b` would lead elsewhere.',
	},
	twoNamesForAPage: {
		title: "a tenant's preference page",
		theirs: 'has the name that it is given',
		ours: 'is sent as `preference_page_url` and as `embedded_preference_url`',
		why: 'The reference and the SDKs name it differently.',
	},
	slashAfterLists: {
		title: 'address of all lists',
		theirs: '`/v1/subscriber_list?limit=…`',
		ours: '`/v1/subscriber_list/?limit=…`',
		why: 'The reference and all other requests of the SDK have the slash.',
	},
	idsOfBroadcasts: {
		title: 'ids and times of broadcasts',
		theirs: 'adds `$insert_id` and `$time`',
		ours: 'adds an `$idempotency_key` if you give none',
		why: 'The reference shows neither of the two. With a key, the broadcast can be cancelled.',
	},
} as const;

const rehook = {
	charset: {
		title: 'content type',
		theirs: '`application/json`',
		ours: '`application/json; charset=utf-8`',
		why: 'All our nodes say it so; JSON is UTF-8 either way.',
	},
	otherTypes: {
		title: 'pages, screens, groups and aliases',
		theirs: 'are not sent',
		ours: 'are sent as events of one name each, such as `Page Viewed`',
		why: 'A campaign may look at them; whoever does not want them leaves them out of the workflow.',
	},
	noProperties: {
		title: 'an event without properties',
		theirs: 'no `metadata`',
		ours: '`metadata: {}`',
		why: 'An event always has properties in our contract.',
	},
	noTraits: {
		title: 'an identify without traits',
		theirs: '`metadata: {}`',
		ours: 'no `metadata`',
		why: 'What an empty object does to the properties there is not documented.',
	},
	referralCodeOnce: {
		title: "a customer's referral code",
		theirs: 'is sent twice: as `referral_code` and among the metadata',
		ours: 'is sent as `referral_code`',
		why: 'It is no property.',
	},
	referralCodeOfNothing: {
		title: 'null for a referral code',
		theirs: 'is sent',
		ours: 'is left out',
		why: 'The reference has text there, or nothing.',
	},
	referralCodes: {
		title: 'a referral code that is not text',
		theirs: 'is refused',
		ours: 'is left out with a warning',
		why: 'The rest of the record is worth sending.',
	},
	referralCodeInCamelCase: {
		title: '`referralCode`',
		theirs: 'is a property like any other',
		ours: 'is `referral_code`',
		why: 'Senders of JavaScript write it so.',
	},
	referralCodeOfDigits: {
		title: 'a number for the referral code of an event',
		theirs: 'is sent',
		ours: 'becomes text',
		why: 'A code is text.',
	},
	blanks: {
		title: 'blanks around names and IDs',
		theirs: 'are sent, and so is a name of nothing else',
		ours: 'are taken off, and a name of nothing else is refused',
		why: 'Nobody means them.',
	},
	longTexts: {
		title: 'a user ID of more than 256 characters, a name of more than 200',
		theirs: 'is sent',
		ours: 'is refused',
		why: 'It is no event of our contract.',
	},
	unsafePropertyNames: {
		title: 'property names such as `constructor`',
		theirs: 'are sent',
		ours: 'are left out of events, with a warning',
		why: 'Whoever copies such an event key by key would change its prototype.',
	},
	tooManyRequests: {
		title: 'too many requests',
		theirs: 'fails, for Segment to try again',
		ours: 'is tried again',
		why: 'What was turned away for its pace was not carried out, so it does not count twice.',
	},
} as const;

const simon = {
	emptyClientId: {
		title: 'an empty client ID',
		theirs: 'is valid',
		ours: 'is refused',
		why: 'Everybody without an ID would be the same client.',
	},
	inexactIntegers: {
		title: 'a time beyond what a number holds exactly',
		theirs: 'is valid',
		ours: 'is refused',
		why: 'No clock shows it.',
	},
	levelsOfCategories: {
		title: 'a category of more than 5 levels',
		theirs: 'is valid; the limit stands in a description',
		ours: 'is left out with a warning, or sent as a custom event',
		why: 'What breaks a rule, Simon Data drops without a word.',
	},
	largeBodies: {
		title: 'a body of more than 100 KB',
		theirs: 'is valid; the limit stands in the text',
		ours: 'is refused',
		why: 'What breaks a rule, Simon Data drops without a word.',
	},
	namesOfTheirOwn: {
		title: 'properties that the description does not name',
		theirs: 'are valid anywhere',
		ours: 'go to the object that is for them, or are left out with a warning',
		why: 'Only there does the description say what becomes of them.',
	},
} as const;

const standardWebhooks = {
	timestampsAsSigned: {
		title: 'a time with letters behind its digits, or zeros before them',
		theirs: 'is read as the number at its start, and the signature covers that number',
		ours: 'is refused: unreadable, or not what was signed',
		why: 'The specification signs the header as it is.',
	},
	otherTimes: {
		title: 'a time in milliseconds or ISO 8601, signed as it is',
		theirs: 'is too new, or too old',
		ours: 'counts',
		why: 'Nothing but its sender can have written it: the signature covers it.',
	},
	shortSecrets: {
		title: 'a secret of `whsec_` and fewer than 16 bytes',
		theirs: 'counts',
		ours: 'is none',
		why: 'It can be guessed; the specification asks for 24.',
	},
	rawSecrets: {
		title: 'a secret without `whsec_` that is no base64',
		theirs: 'throws, unless the code says that it is raw',
		ours: 'is the key itself',
		why: 'Some senders mean it so, and nobody can tell a credential more about it.',
	},
	rotatedSecrets: {
		title: 'several secrets',
		theirs: 'are not taken',
		ours: 'each counts, separated by commas',
		why: 'A secret is replaced without losing events.',
	},
	publicKeys: {
		title: 'a public key (`whpk_`) and its signatures (`v1a`)',
		theirs: 'are not known',
		ours: 'are verified',
		why: 'The specification has them.',
	},
	manySignatures: {
		title: 'the right signature behind twenty others',
		theirs: 'counts',
		ours: 'is not looked at',
		why: 'Nobody rotates through that many keys, and each costs work before anything is believed.',
	},
	bytesThatAreNoText: {
		title: 'a body that is not UTF-8',
		theirs: 'is signed as the text that is made of it, so that different bodies have one signature',
		ours: 'is signed as the bytes that came',
		why: 'The specification signs the body as it is.',
	},
	headersOfBothKinds: {
		title: '`svix-*` headers with a right signature beside a `webhook-id` of somebody else',
		theirs: "the `svix-*` headers count in Svix's library",
		ours: 'the request is refused',
		why: 'The `webhook-id` names the request, so it has to be the one that was signed.',
	},
} as const;

const cloudEvents = {
	madeUpAttributes: {
		title: 'an event without an ID or a version',
		theirs: 'gets a random ID, and the version 1.0',
		ours: 'is refused',
		why: 'Both are required, and with a random ID a repetition is a new event.',
	},
	numbersForTexts: {
		title: 'a number for an ID or a type',
		theirs: 'is refused',
		ours: 'becomes text',
		why: 'IDs of databases are numbers, and mean the same.',
	},
	sources: {
		title: 'a source that is no URI reference',
		theirs: 'is refused',
		ours: 'is taken as it is',
		why: 'It is passed on, and nothing is looked up by it.',
	},
	futureTimes: {
		title: 'a time more than five minutes ahead',
		theirs: 'is read as it is',
		ours: 'becomes the time of receipt, with a warning, unless Accept Future Times is on',
		why: "Its sender's clock is wrong: an event has happened already.",
	},
	percentEncoding: {
		title: 'percent-encoding in the headers of binary mode',
		theirs: 'is neither written nor read',
		ours: 'is decoded',
		why: 'The HTTP binding asks for it.',
	},
	nobody: {
		title: 'an event without a subject',
		theirs: 'is valid',
		ours: 'is refused, unless a path says where its user is',
		why: 'A customer event is about somebody.',
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
