import { accepted } from '../checked';
import { isObject } from '../event';
import { basicCredentials } from './basic';
import { headerText, type Headers, type SenderRequest } from './request';
import { anySame } from './same-secret';
import { refuse, type SenderCheck } from './sender-check';

export interface WriteKeyVerification {
	scheme: 'write-key';
	writeKeys: readonly string[];
}

/** The body is parsed only for senders that put their key there. */
export function verifyWriteKey(
	{ headers, parseBody }: SenderRequest,
	{ writeKeys }: WriteKeyVerification,
): SenderCheck {
	if (anySame(keysInHeaders(headers), writeKeys) || anySame(keysInBody(parseBody?.()), writeKeys)) {
		return accepted('write-key');
	}
	return refuse(
		'no_match',
		'The request carries no valid write key. Send it as the user name of Basic authentication, in the header X-Write-Key, or as "writeKey" in the body.',
	);
}

/** As Segment, RudderStack and Customer.io send it, and as Jitsu does. */
function keysInHeaders(headers: Headers): string[] {
	return [basicUser(headers), headerText(headers, 'x-write-key')];
}

function basicUser(headers: Headers): string {
	const decoded = basicCredentials(headers) ?? '';
	// Senders leave the password empty, so what is before the last colon is the key, whatever it holds.
	return decoded.includes(':') ? decoded.slice(0, decoded.lastIndexOf(':')) : decoded;
}

/** As browser SDKs and PostHog's SDKs send it. */
function keysInBody(body: unknown): string[] {
	return isObject(body) ? [body.writeKey, body.api_key].filter((key) => typeof key === 'string') : [];
}
