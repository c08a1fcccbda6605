import type { ICredentialDataDecryptedObject, INodeProperties } from 'n8n-workflow';
import type { ZodType } from 'zod/v4';
import type { CanonicalEvent, NameFormat, Warning } from '../event';
import type { Failure } from './failure';
import type { Place } from './outcome';
import type { Fields } from './parameters';

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
}

export interface CredentialContent {
	/** Texts that must never be shown. */
	secrets: string[];
	/** What authentication adds to the headers of a request, with secrets masked. */
	shownHeaders: Record<string, string>;
	/** What operations need to know of the credential, and may be shown. */
	facts: Record<string, string | undefined>;
}

export interface Connection extends CredentialContent {
	/** Without a trailing slash. */
	baseUrl: string;
}

/** One thing a node can do, e.g. "Event → Send". `R` is the service's record for one item. */
export interface Operation<R extends object = object> {
	resource: string;
	operation: string;
	/** One result an item, or one summary for the whole run. */
	reports: 'each' | 'summary';
	/** What "Define Below" shows: the record's fields in the service's own words. */
	fields: INodeProperties[];
	/** The rules that the service documents for a record. What breaks them is not sent. */
	schema: ZodType<R>;
	limits: OperationLimits;
	/** Why this operation leaves an event to others, e.g. Identify a track event. */
	skips?(event: CanonicalEvent): string | undefined;
	/** Maps without judging: whatever is missing or wrong is the schema's to refuse. */
	fromEvent(event: CanonicalEvent, context: MappingContext): Candidate<R>;
	fromFields(fields: Fields, context: MappingContext): Candidate<R>;
	/** The person a record is about; one person's records go out in order. */
	lane(record: R): string;
	request(batch: readonly Outgoing<R>[]): ProviderRequest;
	/**
	 * Whether sending a record twice does no harm: it carries an idempotency key, or overwrites what is there.
	 * Decides what is sent again when nobody knows whether it arrived.
	 */
	repeatable: boolean;
	/** For answers that speak of each record of a batch, in its order. */
	readRecords?(response: ProviderResponse): RecordAnswer[] | undefined;
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
	lane: string;
	warnings: Warning[];
}

export interface ProviderRequest {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** After the base URL, starting with a slash. */
	path: string;
	/** JSON text, sent byte for byte. */
	body: string;
}

export interface ProviderResponse {
	statusCode: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** Parsed where it is JSON, else the text; undefined when empty. */
	body: unknown;
}
