import type { EcdsaFormat, HmacFormat } from '../../signatures';
import type { Paths } from '../paths';

/** What is known of a sender: how it signs, and where its events have their parts. */
export interface SenderPreset {
	/** In lower case with hyphens, for `_meta.format` and `_meta.verified`. */
	name: string;
	displayName: string;
	/** What it sends, for the form. */
	description: string;
	/** Missing if it doesn't sign: choose Header, Basic Auth or Write Key in the credential. */
	signature?: Signature;
	/** Where to find the secret, for the credential's form. Goes with `signature`. */
	secretHint?: string;
	/** A header that only this sender has. */
	header?: string;
	/** Whether it carries the events of others, which may be in a format of their own. */
	isRelay?: boolean;
	paths: Paths;
	/** The path to what is added to the name of an event after a dot, such as the action of GitHub. */
	eventDetail?: string;
	/** Paths to what is added to the message ID after colons, where the sender's ID alone isn't unique. */
	messageIdDetails?: readonly string[];
	/** Other paths to the user ID, by the name of the event. A `*` at the end stands for any characters. */
	userIdByEvent?: Readonly<Record<string, string>>;
	/** Another path to the user ID, for the events that have a value at a path. */
	userIdWhere?: { path: string; value: string; userId: string };
	/** The user ID that stands for nobody. */
	guestId?: string;
}

/** How a sender signs. HMAC without changes is SHA-256 over the body, in hex. */
export type Signature =
	| ({ scheme: 'hmac' } & Partial<HmacFormat> & Pick<HmacFormat, 'signatureHeader'>)
	| ({ scheme: 'ecdsa' } & Omit<EcdsaFormat, 'name'>)
	| { scheme: 'standard-webhooks' };
