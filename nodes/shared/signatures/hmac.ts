import { notAccepted } from '../checked';
import { hmacDigests, hmacKeys, type HmacAlgorithm, type HmacEncoding } from './hmac-digest';
import { headerEntries, headerText, type Headers, type SenderRequest } from './request';
import { checkTime } from './timestamp';
import { checkSignatures, missingHeader, refuse, type SenderCheck } from './sender-check';

/** How one kind of sender signs. */
export interface HmacFormat {
	/** What the events say of it, in `_meta.verified`. */
	name: string;
	algorithm: HmacAlgorithm;
	encoding: HmacEncoding;
	signatureHeader: string;
	/** What stands before a signature, such as `sha256=`. */
	signaturePrefix: string;
	/** What is signed, made of `{id}`, `{timestamp}`, `{body}` and any text between. */
	template: string;
	idHeader: string;
	timestampHeader: string;
	/** What stands before the time in a header that holds more than it, such as `t=`. */
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
		signatures.map((signature) => bare(signature, format)),
		hmacDigests(format.algorithm, hmacKeys(secrets), message, format.encoding),
		format.name,
	);
}

function findTimestamp(headers: Headers, { timestampHeader, timestampPrefix }: HmacFormat): string {
	// A time may hold what separates the entries of a header, such as a blank.
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

/** A right signature is right under any label, or none: Outpost labels only the first of several. */
function bare(signature: string, { signaturePrefix, encoding }: HmacFormat): string {
	const text = signature.startsWith(signaturePrefix) ? signature.slice(signaturePrefix.length) : signature;
	return encoding === 'hex' ? text.toLowerCase() : text;
}
