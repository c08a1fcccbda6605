import type { ICredentialDataDecryptedObject, INodeProperties } from 'n8n-workflow';
import type { ZodType } from 'zod/v4';
import type { CanonicalEvent, EventType, NameFormat, Warning } from '../event';
import type { Fields } from '../parameters';
import type { Failure } from './failure';

/** Everything that sets one service apart. All other code is shared. */
export interface Provider {
	/** The service's name as users know it. An event's `integrations` use it, too. */
	displayName: string;
	credentialType: string;
	/** The default of the option "Event Name Format". */
	nameFormat: NameFormat;
	/** The first one is the default, and so is the first one of each resource. */
	operations: readonly Operation[];
	/** Reads a credential, except for its `baseUrl`. Throws when a field is missing or wrong. */
	readCredential(credential: ICredentialDataDecryptedObject): CredentialContent;
	/**
	 * Explains the service's own error codes. Return only what improves on the shared text.
	 * @param path of the request's endpoint
	 */
	explain?(
		response: ProviderResponse,
		path?: string,
	): Partial<Pick<Failure, 'message' | 'description'>> | undefined;
}

export interface CredentialContent {
	/** Values that must never appear in items, errors or logs. */
	secrets: string[];
	/** For signed requests: the text before the signature in the `Authorization` header. */
	signatureFollows?: string;
	/** The headers that authentication adds, with secrets masked. For previews. */
	shownHeaders: Record<string, string>;
	/** The body fields that authentication adds, with secrets masked. For previews. */
	shownBody?: Record<string, string>;
	/** Values that operations need from the credential. Not secret. */
	account?: Account;
	/** For services whose address follows from another field: replaces the credential's `baseUrl`. */
	baseUrl?: string;
}

export type Account = Record<string, string | undefined>;

/**
 * One operation of a node, such as Event: Send.
 * @typeParam R the record: what the service receives for one item
 */
export interface Operation<R extends object = object> {
	resource: string;
	operation: string;
	/** What the node panel calls it, such as "Send event". */
	action: string;
	description: string;
	endpoint: Endpoint;
	/** For operations whose form chooses an endpoint: the others. */
	otherEndpoints?: readonly Endpoint[];
	/** The form, and how a record is read and checked. */
	record: RecordForm<R>;
	/** For operations that send events of every type: what else "Map Automatically" can do with some types. */
	eventChoices?: Partial<Record<TypeWithChoice, readonly EventChoice[]>>;
	/** The operation's own entries under "Options". */
	options?: ReadonlyArray<OperationOption<R>>;
	/** The request for one record, at `endpoint` unless it names another. `json` is the record as JSON. */
	request(record: R, json: string): Partial<ProviderRequest>;
	/**
	 * For records that take several requests: a generator that yields one after the other, gets each response, and
	 * returns the body of the whole. `request` is then the first one, for previews.
	 */
	steps?(record: R): Steps;
	/** For endpoints that accept several records in one request. */
	bulk?: Bulk;
	resend: Resend | ResendRule<R>;
	/** For services that skip a record whose key they have seen. A run warns if different records have the same. */
	idempotency?(record: R, json: string): Idempotency;
	/** Records with the same key are sent one after the other, in input order. Usually the user's ID. */
	orderKey?(record: R): string | undefined;
	/** What results say first about a record. */
	subject?(record: R): Subject;
	/** How a successful response becomes results. By default, it is the `response` of one result. */
	result?: OperationResult;
	/** Set by `asSummary`: the run returns one summary instead of a result for each item. */
	summary?: true;
}

/** The types of events that aren't only something that happened. */
export type TypeWithChoice = Extract<EventType, 'alias' | 'group' | 'identify'>;

/** What can be done with events of a type besides sending them as events, such as updating the person. */
export interface EventChoice {
	/** As the option shows it. */
	name: string;
	value: string;
	description: string;
	/** The operation that accepts these events. It has no settings of its own. */
	operation: Operation;
	/** Whether it applies unless the user chooses otherwise. */
	isDefault?: true;
}

/**
 * Whether to send a record again after a timeout or a lost connection, when it may have arrived already.
 * `safe`: yes, because it has an idempotency key or overwrites the same values.
 * `ifAsked`: only with the option "Retry When Unsure", because it would be there twice.
 * `never`: because it adds to a balance or a counter.
 */
export type Resend = 'safe' | 'ifAsked' | 'never';

/** For operations whose records differ. Declared as a method, so that `Operation<R>` fits `Operation<object>`. */
type ResendRule<R> = { of(record: R): Resend }['of'];

export interface Idempotency {
	key: string;
	/** The record as text, without what differs when it is repeated. */
	content: string;
}

export interface Endpoint {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** The path after the base URL. Variable parts are in braces: `/v1/user/{distinct_id}/`. */
	path: string;
	/** The URL of its documentation. */
	source: string;
}

/** The variable parts of a request. */
export interface RequestParts {
	/** Values for the variable parts of the endpoint's path. They are percent-encoded. */
	params?: Record<string, string>;
	/** A list repeats its name. */
	query?: Record<string, string | readonly string[] | undefined>;
	/** JSON text, sent byte for byte. */
	body?: string;
}

export type Steps = Generator<Step, unknown, ProviderResponse>;

/** One of the requests that a record takes. */
export interface Step {
	/** The operation's own endpoint, unless it names another. */
	request: Partial<ProviderRequest>;
	/** What the steps before it have done, for the description of a failure. */
	done?: string;
	/** Names what an answer lacks that the next steps need. */
	lacks?(body: unknown): string | undefined;
	/** What to do when this step has failed for good. */
	undo?(failure: Failure): Undo | undefined;
}

/** Takes back what the steps of a record have done so far. */
export interface Undo {
	request: Partial<ProviderRequest>;
	/** What to say when it succeeded, and when it didn't, before the description of the failure. */
	done: string;
	notDone: string;
}

export interface ProviderRequest extends RequestParts {
	method: Endpoint['method'];
	path: string;
	/** Replaces the credential's base URL. */
	baseUrl?: string;
}

export interface ProviderResponse {
	statusCode: number;
	/** Those that failures use, with names in lower case. */
	headers: Record<string, string>;
	/** Parsed JSON, or the text when it isn't JSON. Undefined when empty. */
	body: unknown;
	/** Set when the response was too large: `body` is the beginning of its text. */
	isCut?: boolean;
}

/** Requests that carry several records. */
export interface Bulk {
	/** The most records in one request. */
	maxRecords: number;
	/** The most UTF-8 bytes of the records as a JSON array. Subtract what the request adds around it. */
	maxBytes?: number;
	/** The request for several records, given as JSON. */
	request(records: readonly string[]): RequestParts;
	/** Reads a response that answers each record separately, in the order of the request. */
	readAnswers?(response: ProviderResponse): RecordAnswer[] | undefined;
}

/** What a response says about one record. */
export interface RecordAnswer {
	statusCode?: number;
	body?: unknown;
	/** Set when the service rejected this record. */
	failure?: Failure;
}

export interface OperationResult {
	/** The shape of `response` in a result, or of an entity. n8n offers its fields before the first run. */
	schema?: ZodType;
	/** For reads: the response is the output item itself, not the `response` of a result. */
	entity?: EntityResult;
	/** Splits a response body into entities, for lists. */
	items?(body: unknown): unknown[];
}

export interface EntityResult {
	/** For lists: the form has "Return All" and "Limit". */
	isList?: true;
	/** For lists of which one request returns a part, and no other request the rest. */
	mostInOneRequest?: number;
	/** For entities of more than 10 fields: those that "Simplify" keeps, in order. */
	simplified?: readonly string[];
}

/** Whom a record is about, and what happened. */
export interface Subject {
	userId?: string;
	event?: string;
	/** The key by which the service can find it again. */
	idempotencyKey?: string;
}

/** An entry under "Options", and what it changes besides the mapping. */
export interface OperationOption<R extends object = object> {
	property: INodeProperties;
	/** A request that must succeed before the record's own. */
	prerequisite?(record: R, context: MappingContext): Prerequisite | undefined;
	/** The operations that run instead, while the option is on or off. */
	whenOn?: Operation;
	whenOff?: Operation;
}

export interface Prerequisite {
	/** Its name in error messages, such as the option that adds it. */
	purpose: string;
	/** The request is made once per run for each value. Without it, once per record. */
	once?: string;
	request: ProviderRequest;
}

/**
 * The form of a record, and how the record is read from an item. `record()` builds one from fields that are
 * declared once; write one by hand where that doesn't fit.
 */
export interface RecordForm<R extends object = object> {
	/** Parameters that both mapping modes show. */
	settings?: INodeProperties[];
	/** Parameters that "Define Below" shows, or all there are when the operation has no mapping mode. */
	properties: INodeProperties[];
	/** The service's documented rules. A record that breaks one isn't sent. */
	schema: ZodType<R>;
	/** The most UTF-8 bytes of a record as JSON. */
	maxBytes?: number;
	/** Reads the form. Doesn't judge: missing and wrong values are for the schema to reject. */
	fromFields(fields: Fields, context: MappingContext): MappedRecord<R>;
	/** Maps an event. Operations without it have no "Mapping Mode". */
	fromEvent?(event: CanonicalEvent, context: MappingContext): MappedRecord<R>;
	/** Why this operation skips an event, such as Identify for a track event. */
	skips?(event: CanonicalEvent): string | undefined;
	files?: AttachedFiles;
	/** The IDs in a record, such as those of people, each under its path. The user is warned of those that an expression broke. */
	idsIn?(record: R): Record<string, unknown>;
	/** The parameter behind each key of the record, where the names differ. For error messages. */
	parameterNames?: Record<string, string>;
}

/** A record that the schema hasn't checked yet. */
export type MappedRecord<R> = { [K in keyof R]?: unknown };

/** The binary data of an item that becomes part of its record. */
export interface AttachedFiles {
	/** The names of the binary fields. */
	fieldsIn(settings: Fields): string[];
	/** The schema rejects a record with a larger file. */
	maxBytes: number;
}

/** A file in a binary field of an item. */
export interface ItemFile {
	fileName: string;
	mimeType: string;
	base64: string;
}

/** What a mapping knows besides the event or the form. */
export interface MappingContext {
	/** The event's ID, or one derived from the item's position in the run. A retry gets the same one. */
	messageId: string;
	/** Applies the option "Event Name Format". */
	nameFormat: (name: string) => string;
	account: Account;
	/** The time zone of dates that name none: the workflow's for the form, UTC for events. */
	timeZone: string;
	/** The record's `settings`, evaluated for this item. */
	settings: Fields;
	/** The node's "Options", the same for the whole run. */
	options: Record<string, unknown>;
	/** Reads a file from a binary field. Throws when there is none. */
	file(field: string): ItemFile;
	/** Reports something about the record that the user should know. */
	warn(warning: Warning): void;
}
