/** What is shown in place of a secret. */
export const masked = '•••';

/** Replaces every occurrence of a secret in a text. */
export function redact(text: string, secrets: readonly string[]): string {
	return secrets.reduce((shown, secret) => (secret === '' ? shown : shown.replaceAll(secret, masked)), text);
}
