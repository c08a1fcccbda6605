import { notAccepted } from '../checked';
import { hmacDigests, hmacKeys, type HmacAlgorithm, type HmacEncoding } from './hmac-digest';
import { headerEntries, headerText, type Headers, type SenderRequest } from './request';
import { checkTime } from './timestamp';
import { checkSignatures, missingHeader, refuse, type SenderCheck } from './sender-check';

/** How a sender signs its requests. */
export interface HmacFormat {
	/** For `_meta.verified` in the events. */
	name: string;
	algorithm: HmacAlgorithm;
	encoding: HmacEncoding;
	signatureHeader: string;
	/** The text before a signature, such as `sha256=`; empty for none. */
	signaturePrefix: string;
	/** The signed text, with `{id}`, `{timestamp}` and `{body}` as placeholders. */
	template: string;
	idHeader: string;
	timestampHeader: string;
	/** The text before the time in a header that has more than the time, such as `t=`; empty for none. */
	timestampPrefix: string;
}

export interface HmacVerification {
	scheme: 'hmac';
	format: HmacFormat;
	secrets: readonly string[];
	toleranceSeconds: number;
}

const separator = /[,;\s]+/;
const placeholder = /(\{(?:id|timestamp|body)\})/;

export function verifyHmac(
	{ headers, rawBody, now }: SenderRequest,
	{ format, secrets, toleranceSeconds }: HmacVerification,
): SenderCheck {
	const { template, signatureHeader, idHeader, timestampHeader } = format;
	if (!template.includes('{body}')) {
		return refuse(
			'not_configured',
			'The credential has a signed text without {body}. Open it and press Test.',
		);
	}
	const signatures = headerEntries(headers, signatureHeader, separator);
	if (signatures.length === 0) return missingHeader(signatureHeader);

	const id = headerText(headers, idHeader);
	if (template.includes('{id}') && id === '') return missingHeader(idHeader);

	const timestamp = findTimestamp(headers, format);
	if (template.includes('{timestamp}')) {
		if (timestamp === '') return missingHeader(timestampHeader);
		const timeRefusal = checkTime(timestamp, now, toleranceSeconds);
		if (timeRefusal !== undefined) return notAccepted(timeRefusal);
	}

	const message = fillIn(template, { id, timestamp, body: rawBody });
	return checkSignatures(
		signatures.map((signature) => withoutPrefix(signature, format)),
		hmacDigests(format.algorithm, hmacKeys(secrets), message, format.encoding),
		format.name,
	);
}

function findTimestamp(headers: Headers, { timestampHeader, timestampPrefix }: HmacFormat): string {
	// A time may contain a separator, e.g. a space.
	if (timestampPrefix === '') return headerText(headers, timestampHeader);
	const entry = headerEntries(headers, timestampHeader, separator).find((each) =>
		each.startsWith(timestampPrefix),
	);
	return entry?.slice(timestampPrefix.length) ?? '';
}

function fillIn(template: string, values: { id: string; timestamp: string; body: Buffer }) {
	return template.split(placeholder).map((part) => {
		if (part === '{id}') return values.id;
		if (part === '{timestamp}') return values.timestamp;
		return part === '{body}' ? values.body : part;
	});
}

/** Removes the prefix if the signature has it. Outpost adds it only to the first of several signatures. */
function withoutPrefix(signature: string, { signaturePrefix, encoding }: HmacFormat): string {
	const text = signature.startsWith(signaturePrefix) ? signature.slice(signaturePrefix.length) : signature;
	return encoding === 'hex' ? text.toLowerCase() : text;
}
