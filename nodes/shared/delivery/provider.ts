import type { ICredentialDataDecryptedObject, INodeProperties } from 'n8n-workflow';
import type { ZodType } from 'zod/v4';
import type { CanonicalEvent, NameFormat, Warning } from '../event';
import type { Failure } from './failure';
import type { ItemFile } from './files';
import type { Place } from './outcome';
import type { Fields } from '../parameters';

/** What makes one service different from the others. Everything else is shared. */
export interface Provider {
	/** As users know it; also the name that an event's `integrations` use. */
	displayName: string;
	credentialType: string;
	/** How event names are written unless the user chooses otherwise. */
	nameFormat: NameFormat;
	operations: readonly Operation[];
	/** What a credential holds besides its `baseUrl`, which is checked for all providers alike. */
	readCredential(credential: ICredentialDataDecryptedObject): CredentialContent;
	/** What the service's own error codes mean, where its message alone leaves people stuck. */
	explain?(response: ProviderResponse): Partial<Pick<Failure, 'message' | 'description'>> | undefined;
}

export interface CredentialContent {
	/** Texts that must never be shown. */
	secrets: string[];
	/** Where requests are signed: what stands before the signature in the `Authorization` header. */
	signatureFollows?: string;
	/** What authentication adds to the headers of a request, with secrets masked. */
	shownHeaders: Record<string, string>;
	/** What authentication adds to the body, where a service wants its keys there; with secrets masked. */
	shownBody?: Record<string, string>;
	/** What operations need to know of the credential, and may be shown. */
	facts: Record<string, string | undefined>;
	/** For services whose address follows from another field: takes the place of the credential's `baseUrl`. */
	baseUrl?: string;
}

export interface Connection extends Omit<CredentialContent, 'secrets' | 'signatureFollows'> {
	/** Finds the secrets in every form in which they may come back. */
	secrets: RegExp;
	/** Without a trailing slash. */
	baseUrl: string;
}

/** One thing a node can do, e.g. "Event → Send". `R` is the service's record for one item. */
export interface Operation<R extends object = object> {
	resource: string;
	operation: string;
	endpoint: Endpoint;
	/** One result an item, or one summary for the whole run. */
	reports: 'each' | 'summary';
	/** What is to be set whether the record comes from an event or from fields. */
	settings?: INodeProperties[];
	/** The record's fields in the service's own words: what "Define Below" shows, or all there is to fill in. */
	fields: INodeProperties[];
	/** This operation's own entries under "Options". */
	options?: INodeProperties[];
	/** The rules that the service documents for a record. What breaks them is not sent. */
	schema: ZodType<R>;
	/** One record a request, of any size, unless it says otherwise. */
	limits?: OperationLimits;
	/** Why this operation leaves an event to others, e.g. Identify a track event. */
	skips?(event: CanonicalEvent): string | undefined;
	/**
	 * Maps without judging: whatever is missing or wrong is the schema's to refuse. Operations without it are
	 * about no event, and have no "Mapping Mode".
	 */
	fromEvent?(event: CanonicalEvent, context: MappingContext): Candidate<R>;
	fromFields(fields: Fields, context: MappingContext): Candidate<R>;
	files?: AttachedFiles;
	/** Whom a record is about; records about the same go out in order. Without one nothing waits for another. */
	lane?(record: R): string | undefined;
	/** What has to go through before a record's own request, e.g. one that creates the customer. */
	before?(record: R, context: MappingContext): RequestBefore | undefined;
	/** What goes to the endpoint for a batch of records. */
	request(batch: readonly Outgoing<R>[]): RequestParts;
	/**
	 * Sending a record twice is `harmless` when it carries an idempotency key or overwrites what is there.
	 * `unwanted` where it makes a second one: what may have arrived is sent again only if the user chose so.
	 */
	repeating: 'harmless' | 'unwanted';
	/** Whether a record adds to what is there, as money and counters do: what may have arrived is never sent again. */
	addsUp?(record: R): boolean;
	/** For answers that speak of each record of a batch, in its order. */
	readRecords?(response: ProviderResponse): RecordAnswer[] | undefined;
	/** What an answer brings, one result each. Without it: one result with the answer as it came. */
	readResults?(body: unknown): unknown[];
	/** What `response` holds in a result. */
	responseSchema?: ZodType;
	/** Another way to do the same, where the options ask for it; looked at once for the run. */
	variant?(options: Record<string, unknown>): Operation<R> | undefined;
}

/** The files of an item that go into its record. */
export interface AttachedFiles {
	/** The binary fields that hold them. */
	fieldsIn(settings: Fields): string[];
	/** The schema refuses a record with a larger one. */
	maxBytes: number;
}

/** Where an operation's requests go. */
export interface Endpoint {
	method: ProviderRequest['method'];
	/** After the base URL, variable parts in braces, e.g. `/v1/user/{distinct_id}/`. */
	path: string;
	/** Where it is documented. */
	source: string;
	/** The vendor's own word unless it says otherwise. */
	evidence?: 'secondary' | 'inferred';
}

export interface RequestBefore {
	/** As users know it, e.g. the option that asks for it. */
	purpose: string;
	/** Made once in a run for each of these; without it, for every record. */
	once?: string;
	request: ProviderRequest;
}

/** What an answer says of one record. */
export interface RecordAnswer {
	statusCode?: number;
	body?: unknown;
	/** Set when this record, unlike others of its batch, was not taken. */
	failure?: Failure;
}

export interface OperationLimits {
	/** Records a request can carry. */
	records: number;
	/** UTF-8 bytes of a request's body. */
	requestBytes?: number;
	/** UTF-8 bytes of one record as JSON. */
	recordBytes?: number;
}

export interface MappingContext {
	/** Derived from the event or from where the item is in the run: never random, so that a retry repeats it. */
	messageId: string;
	nameFormat: (name: string) => string;
	facts: CredentialContent['facts'];
	/** The workflow's, in which n8n's date picker gives its times. */
	timeZone: string;
	/** The operation's `settings`, as this item has them. */
	settings: Fields;
	/** The node's "Options", the same for the whole run. */
	options: Record<string, unknown>;
	/** A file that the item holds in a binary field. Throws when it is not there. */
	file(field: string): ItemFile;
}

/** A record that the schema has yet to judge. */
export interface Candidate<R> {
	record: { [K in keyof R]?: unknown };
	warnings?: Warning[];
}

/** A checked record on its way out, serialised once. */
export interface Outgoing<R extends object = object> {
	place: Place;
	messageId: string;
	record: R;
	json: string;
	/** UTF-8 bytes of `json`. */
	bytes: number;
	/** Records of one lane go out one after the other; undefined where nothing waits for it. */
	lane: string | undefined;
	/** Whether it is sent again when nobody knows whether it arrived. */
	repeatable: boolean;
	before?: RequestBefore;
	warnings: Warning[];
}

export interface RequestParts {
	/** For the variable parts of the endpoint's path; encoded on the way. */
	params?: Record<string, string>;
	query?: Record<string, string | undefined>;
	/** JSON text, sent byte for byte. */
	body?: string;
}

export interface ProviderRequest {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** After the base URL, starting with a slash. */
	path: string;
	/** JSON text, sent byte for byte. */
	body?: string;
	/** Where it goes to another of the service's addresses than the credential's. */
	baseUrl?: string;
}

export interface ProviderResponse {
	statusCode: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** Parsed where it is JSON, else the text; undefined when empty. */
	body: unknown;
}
