import { readPublicKey } from './ecdsa';
import { coversBody, type HmacFormat } from './hmac';
import { readStandardSecret } from './standard-secret';
import type { Verification } from './verify-sender';

/** The fewest characters of a secret. Shorter ones are easy to guess. */
export const shortestSecret = 16;

/** Returns what to correct in a verification, or undefined if it can protect a URL. */
export function checkVerification(verification: Verification): string | undefined {
	switch (verification.scheme) {
		case 'write-key':
			return checkHeaderSecrets('write key', verification.writeKeys);
		case 'standard-webhooks':
			return (
				checkSecrets('signing secret', verification.secrets) ??
				verification.secrets
					.map((secret) => readStandardSecret(secret).problem)
					.find((problem) => problem !== undefined)
			);
		case 'segment':
			return checkSecrets('signing secret', verification.secrets);
		case 'hmac':
			return checkSecrets('signing secret', verification.secrets) ?? checkFormat(verification.format);
		case 'ecdsa':
			return checkPublicKeys(verification.secrets);
		case 'header':
			return (
				checkHeaderName('Header Name', verification.name) ??
				checkHeaderSecrets('header value', verification.values)
			);
		case 'basic':
			return checkUser(verification.user) ?? checkSecrets('password', verification.passwords);
	}
}

function checkSecrets(what: string, secrets: readonly string[]): string | undefined {
	if (secrets.length === 0) return `Enter a ${what}`;
	return secrets.some((secret) => secret.length < shortestSecret)
		? `Use a ${what} of at least ${shortestSecret} characters: shorter ones can be guessed`
		: undefined;
}

function checkPublicKeys(keys: readonly string[]): string | undefined {
	if (keys.length === 0) return 'Enter a public key';
	return keys.every((key) => readPublicKey(key) !== null)
		? undefined
		: "This isn't a public key. Copy the whole key from the sender";
}

/** Senders encode other characters in UTF-8 or Latin-1, or fail. */
const printableAscii = /^[\x20-\x7e]*$/;

function checkHeaderSecrets(what: string, secrets: readonly string[]): string | undefined {
	const problem = checkSecrets(what, secrets);
	if (problem !== undefined || secrets.every((secret) => printableAscii.test(secret))) return problem;
	return `Use a ${what} with ASCII characters only: headers can't safely contain others`;
}

function checkUser(user: string): string | undefined {
	if (user === '') return 'Enter a user';
	return user.includes(':')
		? "Remove the colon from 'User': Basic authentication doesn't allow it"
		: undefined;
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function checkHeaderName(field: string, name: string): string | undefined {
	if (name === '') return `Enter the '${field}'`;
	return headerName.test(name) ? undefined : `'${field}' must be the name of a header, e.g. X-Signature`;
}

function checkFormat(format: HmacFormat): string | undefined {
	if (!coversBody(format.template)) {
		return "'Signed Text' must contain {body}: a signature that leaves out the body protects nothing";
	}
	return (
		checkHeaderName('Signature Header', format.signatureHeader) ??
		checkPlaceholder(format.template, '{timestamp}', 'Timestamp Header', format.timestampHeader) ??
		checkPlaceholder(format.template, '{id}', 'ID Header', format.idHeader)
	);
}

function checkPlaceholder(
	template: string,
	placeholder: string,
	field: string,
	header: string,
): string | undefined {
	if (template.includes(placeholder)) return checkHeaderName(field, header);
	return header === '' ? undefined : `'${field}' has no effect until 'Signed Text' contains ${placeholder}`;
}
