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
	/**
	 * The signed text, with `{id}`, `{timestamp}`, `{body}`, `{method}` and `{url}` as placeholders, and `{form}` for the
	 * fields of a form, sorted and one after the other.
	 */
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

/** The format of a sender that signs the body alone with SHA-256 in hex, except for the changes. */
export function hmacFormat(
	changes: Partial<HmacFormat> & Pick<HmacFormat, 'name' | 'signatureHeader'>,
): HmacFormat {
	return {
		algorithm: 'sha256',
		encoding: 'hex',
		signaturePrefix: '',
		template: '{body}',
		idHeader: '',
		timestampHeader: '',
		timestampPrefix: '',
		...changes,
	};
}

const separator = /[,;\s]+/;
const placeholder = /(\{(?:id|timestamp|body|method|url|form)\})/;

/** Whether a signature covers all that is in a request. */
export function coversBody(template: string): boolean {
	return template.includes('{body}') || template.includes('{form}');
}

export function verifyHmac(
	request: SenderRequest,
	{ format, secrets, toleranceSeconds }: HmacVerification,
): SenderCheck {
	const { headers, rawBody, now } = request;
	const { template, signatureHeader, idHeader, timestampHeader } = format;
	if (!coversBody(template)) {
		return refuse('not_configured', "Add {body} to 'Signed Text' in the credential.");
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

	const form = template.includes('{form}') ? formText(headers, rawBody) : '';
	if (form === undefined)
		return refuse('no_match', 'The body is not form data, and this signature works only for form data.');
	const urls = template.includes('{url}') ? (request.urls?.() ?? []) : [''];
	const keys = hmacKeys(secrets);
	const expected = urls.flatMap((url) => {
		const message = fillIn(template, {
			id,
			timestamp,
			body: rawBody,
			method: request.method ?? '',
			url,
			form,
		});
		return hmacDigests(format.algorithm, keys, message, format.encoding);
	});
	return checkSignatures(
		signatures.map((signature) => withoutPrefix(signature, format)),
		expected,
		format.name,
	);
}

/** Returns the fields of a form, sorted by name, each as its name and its value; undefined if the body is no form. */
function formText(headers: Headers, rawBody: Buffer): string | undefined {
	if (!headerText(headers, 'content-type').toLowerCase().startsWith('application/x-www-form-urlencoded')) {
		return undefined;
	}
	const fields = new URLSearchParams(rawBody.toString('utf8'));
	fields.sort();
	return [...fields].map(([name, value]) => `${name}${value}`).join('');
}

function findTimestamp(headers: Headers, { timestampHeader, timestampPrefix }: HmacFormat): string {
	// A time may contain a separator, e.g. a space.
	if (timestampPrefix === '') return headerText(headers, timestampHeader);
	const entry = headerEntries(headers, timestampHeader, separator).find((each) =>
		each.startsWith(timestampPrefix),
	);
	return entry?.slice(timestampPrefix.length) ?? '';
}

type Filling = Record<'id' | 'timestamp' | 'method' | 'url' | 'form', string> & { body: Buffer };

function fillIn(template: string, values: Filling): Array<string | Buffer> {
	return template
		.split(placeholder)
		.map((part) => (placeholder.test(part) ? values[part.slice(1, -1) as keyof Filling] : part));
}

/** Removes the prefix if the signature has it. Outpost adds it only to the first of several signatures. */
function withoutPrefix(signature: string, { signaturePrefix, encoding }: HmacFormat): string {
	const text = signature.startsWith(signaturePrefix) ? signature.slice(signaturePrefix.length) : signature;
	return encoding === 'hex' ? text.toLowerCase() : text;
}
