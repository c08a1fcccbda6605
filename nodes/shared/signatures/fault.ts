import type { HmacFormat } from './hmac';
import { readStandardSecret } from './standard-secret';
import type { Verification } from './verify-sender';

/** Shorter secrets can be guessed. */
export const shortestSecret = 16;

/** What makes a verification unfit to protect a URL, in words for who set it up; undefined if nothing does. */
export function findFault(verification: Verification): string | undefined {
	switch (verification.scheme) {
		case 'write-key':
			return faultOfHeaderSecrets('write key', verification.writeKeys);
		case 'standard-webhooks':
			return (
				faultOfSecrets('signing secret', verification.secrets) ??
				verification.secrets.map((secret) => readStandardSecret(secret).fault).find((fault) => fault)
			);
		case 'segment':
			return faultOfSecrets('signing secret', verification.secrets);
		case 'hmac':
			return faultOfSecrets('signing secret', verification.secrets) ?? faultOfFormat(verification.format);
		case 'header':
			return (
				faultOfHeader('Header Name', verification.name) ??
				faultOfHeaderSecrets('header value', verification.values)
			);
		case 'basic':
			return faultOfUser(verification.user) ?? faultOfSecrets('password', verification.passwords);
	}
}

function faultOfSecrets(what: string, secrets: readonly string[]): string | undefined {
	if (secrets.length === 0) return `Enter a ${what}`;
	return secrets.some((secret) => secret.length < shortestSecret)
		? `Use a ${what} of at least ${shortestSecret} characters: shorter ones can be guessed`
		: undefined;
}

/** Of other characters some senders make UTF-8, some Latin-1, and most an error. */
const printableAscii = /^[\x20-\x7e]*$/;

function faultOfHeaderSecrets(what: string, secrets: readonly string[]): string | undefined {
	const fault = faultOfSecrets(what, secrets);
	if (fault !== undefined || secrets.every((secret) => printableAscii.test(secret))) return fault;
	return `Use a ${what} of ASCII characters alone: headers carry no others safely`;
}

function faultOfUser(user: string): string | undefined {
	if (user === '') return 'Enter a user';
	return user.includes(':') ? "Use a 'User' without a colon: Basic authentication allows none" : undefined;
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function faultOfHeader(field: string, name: string): string | undefined {
	if (name === '') return `Enter the '${field}'`;
	return headerName.test(name) ? undefined : `'${field}' must be the name of a header, e.g. X-Signature`;
}

function faultOfFormat(format: HmacFormat): string | undefined {
	if (!format.template.includes('{body}')) {
		return "'Signed Text' must contain {body}: a signature that leaves out the body protects nothing";
	}
	return (
		faultOfHeader('Signature Header', format.signatureHeader) ??
		faultOfPlaceholder(format.template, '{timestamp}', 'Timestamp Header', format.timestampHeader) ??
		faultOfPlaceholder(format.template, '{id}', 'ID Header', format.idHeader)
	);
}

function faultOfPlaceholder(
	template: string,
	placeholder: string,
	field: string,
	header: string,
): string | undefined {
	if (template.includes(placeholder)) return faultOfHeader(field, header);
	return header === '' ? undefined : `'${field}' has no effect until 'Signed Text' contains ${placeholder}`;
}
